/* Layers are read and digested in child processes (sandbox/), and what those answer is
 * taken over. A reader that breaks on a file is told so by starting the child again
 * with that file to be skipped. */
#include "base/own.h"
#include "image/answer.h"
#include "image/collect.h"
#include "image/manifest.h"
#include "image/section.h"
#include "image/work.h"
#include "io/digest.h"
#include "io/stream.h"
#include "io/tar.h"
#include "sandbox/sandbox.h"

#include <stdio.h>
#include <string.h>

/* A reader may break once on this many files of a layer. */
enum { TRIES = 16, WHY = 80 };

/* ---- the child ---- */

struct reading {
    struct work *w;
    size_t layer;
    struct section section;
    struct look look;
    struct skip_list skips;
};

static void read_one(void *ctx, int to)
{
    struct reading *r = ctx;
    struct answer answer = {to, r->layer};
    const struct facts_sink sink = {answer_facts, &answer};
    int end = 0;

    if (r->w->im->shape == SHAPE_ROOT)
        facts_of_dir(r->section.fd, &r->look, &sink);
    else
        end = facts_of_layer(section_mapped(&r->section), &r->look, &sink);
    answer_end(&answer, end, "");
}

static void start_digest(struct digest *d, struct str expected)
{
    struct str algorithm, hex;

    str_cut(expected, ':', &algorithm, &hex);
    digest_start(d, str_equal(algorithm, S("sha512")) ? "sha512" : "sha256");
}

/* In a packed archive there is no second way to the bytes: the digest is taken
 * as they pass. */
static void read_passing(struct reading *r, struct stream *content, int to)
{
    const struct layer *layer = &r->w->im->layers.at[r->layer];
    struct str expected = work_digest(r->w, r->layer);
    struct answer answer = {to, r->layer};
    const struct facts_sink sink = {answer_facts, &answer};
    struct digest digest = {0};
    char is[DIGEST_TEXT] = "";
    int end;

    r->look.layer = r->layer;
    r->look.sealed = digest_valid(expected);
    if (r->look.place)
        r->look.place->part = r->layer;
    if (!r->look.sealed || r->look.remaps) {
        answer_end(&answer, facts_of_layer(content, &r->look, &sink), "");
        return;
    }
    start_digest(&digest, expected);
    if (!layer->info.digest.n)
        content = stream_unpack(content, r->look.budget);
    end = facts_of_layer(stream_digest(content, &digest), &r->look, &sink);
    digest_finish(&digest, is);
    answer_end(&answer, end, is);
}

/* The layer that begins there, if it is still to be read. */
static bool begins(const struct work *w, uint64_t at, size_t *layer)
{
    for (size_t i = 0; i < w->im->layers.len; i++) {
        *layer = i;
        if (w->im->layers.at[i].at == at && !w->im->layers.at[i].missing &&
            w->out[i].twin == i && !w->out[i].facts.n)
            return true;
    }
    return false;
}

static void read_packed(void *ctx, int to)
{
    struct reading *r = ctx;
    own_stream plain = stream_unpack(section_mapped(&r->section), r->look.budget);
    own_tar tar = tar_open(plain, r->look.budget);
    struct tar_entry entry;
    struct err err = {0};
    int more;

    while ((more = tar_next(tar, &entry, &err)) > 0)
        if (entry.type == TAR_FILE && begins(r->w, entry.data_at, &r->layer))
            read_passing(r, tar_stream(tar), to);
    if (more < 0)
        answer_error(to, err.text);
}

/* ---- its answer ---- */

static void check(struct outcome *out, const char *is, struct str expected)
{
    if (!str_equal(str_of(is), expected))
        err_set(&out->wrong, ERR_FORMAT, "digest is %s, it should be " STR_FMT, is,
                STR_ARG(expected));
}

static void take_part(struct work *w, const struct answer_part *part)
{
    struct image *im = w->im;
    struct outcome *out;

    if (part->error.n) {
        note_add(im->a, &im->notes, NOTE_UNREAD, (struct str){0}, "archive: " STR_FMT,
                 STR_ARG(part->error));
        return;
    }
    if (part->layer >= im->layers.len || w->out[part->layer].facts.n)
        return;
    out = &w->out[part->layer];
    out->facts = part->facts;
    out->broke = part->end < 0;
    if (*part->digest && !out->broke)
        check(out, part->digest, work_digest(w, part->layer));
}

/* Takes what is complete in an answer over into the outcomes. */
static void take_answer(struct work *w, struct buf *answer)
{
    struct answer_part part;
    struct str rest;

    pthread_mutex_lock(&w->arena);
    for (rest = buf_give(w->im->a, answer); answer_next(&rest, &part);)
        take_part(w, &part);
    pthread_mutex_unlock(&w->arena);
}

/* The facts of a layer of which nothing could be read. */
static void no_layer(struct work *w, size_t i, const char *why)
{
    own(buf) bytes = {0};
    const struct facts_sink sink = {facts_to_buf, &bytes};
    struct err err = {0};

    err_set(&err, ERR_NOTFOUND, "%s", why);
    collect_finish(collect_new(&w->look), &err, 0, &sink);
    pthread_mutex_lock(&w->arena);
    w->out[i].facts = buf_give(w->im->a, &bytes);
    pthread_mutex_unlock(&w->arena);
    w->out[i].broke = true;
}

/* ---- reading ---- */

struct progress {
    const struct look *look;
    uint64_t told;
};

static void tick(void *ctx, const struct sandbox_place *place)
{
    struct progress *p = ctx;
    uint64_t bytes = atomic_load(&place->bytes);

    if (bytes > p->told)
        p->look->progress(p->look->ctx, bytes - p->told);
    p->told = bytes;
}

/* Remembers where the child broke. False when that is nothing new. */
static bool learn(struct arena *a, struct reading *r, const struct sandbox_place *place,
                  const char *why)
{
    struct skip skip = {
        .layer = place->part,
        .reader = str_copy(a, str_of(place->reader)),
        .path = str_copy(a, str_of(place->path)),
        .entry = place->entry,
        .why = str_copy(a, str_of(why)),
    };

    for (size_t i = 0; i < r->skips.len; i++)
        if (r->skips.at[i].layer == skip.layer && r->skips.at[i].entry <= skip.entry &&
            str_equal(r->skips.at[i].reader, skip.reader) &&
            (!skip.reader.n || str_equal(r->skips.at[i].path, skip.path)))
            return false;
    *arena_push(a, &r->skips) = skip;
    return true;
}

static struct sandbox_rules rules_of(const struct reading *r, struct progress *progress)
{
    const struct look *look = &r->look;

    return (struct sandbox_rules){
        .fd = r->section.fd,
        .folder = r->w->im->shape == SHAPE_ROOT,
        .memory = look->budget->memory,
        .answer = look->budget->facts,
        .seconds = look->budget->seconds,
        .place = r->look.place,
        .tick = look->progress ? tick : NULL,
        .ctx = progress,
    };
}

/* Reads in a child; and again, around what it broke on. why: what went wrong last. */
static void read_apart(struct reading *r, void (*how)(void *ctx, int to), char why[80])
{
    own(arena) a = {0};
    struct progress progress = {.look = &r->w->look};
    struct sandbox_rules rules = rules_of(r, &progress);
    struct sandbox_place *place = r->look.place;
    enum sandbox_end end = SANDBOX_CRASHED;
    struct err err = {0};

    for (int tries = 0; tries < TRIES; tries++) {
        own(buf) answer = {0};

        memset(place, 0, sizeof *place);
        place->part = r->layer;
        progress.told = 0;
        if (sandbox_run(&rules, how, r, &answer, &end, why, &err) < 0) {
            snprintf(why, WHY, "%.*s", WHY - 1, err.text);
            return;
        }
        take_answer(r->w, &answer);
        if (end == SANDBOX_DONE || !learn(&a, r, place, why))
            return;
    }
}

static void read_in_child(struct work *w, size_t layer, const struct section *section,
                          void (*how)(void *ctx, int to), char why[80])
{
    struct reading r = {.w = w, .layer = layer, .section = *section, .look = w->look};

    r.look.layer = layer;
    r.look.sealed = digest_valid(work_digest(w, layer));
    r.look.skips = &r.skips;
    r.look.place = sandbox_place_new();
    if (r.look.place)
        read_apart(&r, how, why);
    sandbox_place_free(r.look.place);
}

/* Where the bytes of a layer are; a message where they are not. */
static int find_layer(const struct work *w, size_t i, struct section *out, struct err *err)
{
    const struct layer *layer = &w->im->layers.at[i];

    if (layer->missing)
        return err_set(err, ERR_NOTFOUND, "its blob is not in the archive");
    if (w->im->shape == SHAPE_FOLDER)
        return section_below(w->im->fd, layer->name, out, err);
    *out = (struct section){w->im->fd, layer->at, layer->size, false};
    return 0;
}

void apart_read(struct work *w, size_t i)
{
    own(section) section = {.fd = -1};
    char why[WHY] = "no memory to share with the process that reads it";
    struct err err = {0};

    if (find_layer(w, i, &section, &err) < 0) {
        no_layer(w, i, err.text);
        return;
    }
    read_in_child(w, i, &section, read_one, why);
    if (!w->out[i].facts.n)
        no_layer(w, i, why);
}

void apart_read_packed(struct work *w)
{
    struct section whole = {w->im->fd, 0, UINT64_MAX, false};
    char why[WHY] = "its blob is not in the archive";

    read_in_child(w, 0, &whole, read_packed, why);
    for (size_t i = 0; i < w->im->layers.len; i++)
        if (w->out[i].twin == i && !w->out[i].facts.n)
            no_layer(w, i, why);
}

/* ---- digests ---- */

/* A child of its own, which looks at nothing: it is there because the file may be
 * cut short under it. */
static void digest_one(void *ctx, int to)
{
    const struct reading *r = ctx;
    const struct layer *layer = &r->w->im->layers.at[r->layer];
    own_stream from = section_mapped(&r->section);
    struct answer answer = {to, r->layer};
    struct digest digest;
    struct err err = {0};
    char is[DIGEST_TEXT];
    struct str run;
    int end;

    if (!layer->info.digest.n)
        from = stream_unpack(take(from), r->look.budget);
    start_digest(&digest, work_digest(r->w, r->layer));
    while ((end = stream_next(from, &run, &err)) > 0) {
        digest_add(&digest, run);
        sandbox_beat(r->look.place);
    }
    digest_finish(&digest, is);
    answer_facts(&answer, str_of(err.text), (struct str){0});
    answer_end(&answer, end, is);
}

static void take_digest(struct outcome *out, struct str answer, struct str expected,
                        const char *why)
{
    struct answer_part part;

    if (!answer_next(&answer, &part))
        err_set(&out->wrong, ERR_FORMAT, "its digest cannot be taken: %s", why);
    else if (part.end < 0)
        err_set(&out->wrong, ERR_FORMAT, "its digest cannot be taken: " STR_FMT,
                STR_ARG(part.facts));
    else
        check(out, part.digest, expected);
}

void apart_digest(struct work *w, size_t i)
{
    struct reading r = {.w = w, .layer = i, .section = {.fd = -1}, .look = w->look};
    struct sandbox_rules rules;
    enum sandbox_end end;
    own(buf) answer = {0};
    char why[WHY] = "";
    struct err err = {0};

    if (find_layer(w, i, &r.section, &err) < 0)
        return; /* its reading says so */
    r.look.place = sandbox_place_new();
    r.look.progress = NULL;
    rules = rules_of(&r, NULL);
    if (!r.look.place || sandbox_run(&rules, digest_one, &r, &answer, &end, why, &err) < 0)
        snprintf(why, WHY, "%.*s", WHY - 1, err.text);
    take_digest(&w->out[i], buf_view(&answer), work_digest(w, i), why);
    sandbox_place_free(r.look.place);
    section_done(&r.section);
}
