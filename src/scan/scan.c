#include "scan/scan.h"

#include "advisory/advisory.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/own.h"
#include "image/image.h"
#include "match/match.h"
#include "pkg/pkg.h"
#include "sandbox/sandbox.h"
#include "scan/jar_hashes.h"
#include "scan/settle.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>

/* ---- progress ---- */

struct meter {
    const struct scan_options *options;
    atomic_uint_fast64_t done;
    uint64_t whole;
};

static void told(void *ctx, uint64_t bytes)
{
    struct meter *m = ctx;
    uint64_t done = atomic_fetch_add(&m->done, bytes) + bytes;

    m->options->progress(m->options->ctx, done, m->whole);
}

/* ---- from image to packages ---- */

struct str scan_sandbox_lacks(void)
{
    return sandbox_lacks();
}

static struct str *look_at(struct arena *a, struct image *im, const struct look *look)
{
    struct str *facts =
        arena_alloc(a, (im->layers.len + 1) * sizeof *facts, sizeof(void *));

    image_facts(im, look, facts);
    return facts;
}

/* False when nothing is wanted that was not before. */
static bool add_remaps(struct arena *a, struct map *known, struct remap_list *all,
                       const struct remap_list *more)
{
    size_t before = all->len;

    for (size_t i = 0; i < more->len; i++) {
        const struct remap *one = &more->at[i];
        void **at = map_at(a, known,
                           str_printf(a, "%zu " STR_FMT STR_FMT, one->at.n,
                                      STR_ARG(one->at), STR_ARG(one->as)));

        if (!*at)
            *arena_push(a, all) = *one;
        *at = all;
    }
    return all->len > before;
}

/* Programs that no package owns, and that nobody has read yet. */
static void want_unread(struct arena *a, struct view *view)
{
    settle_listed(view);
    for (size_t i = 0; i < view->listed.len; i++) {
        const struct listed *l = &view->listed.at[i];

        if (l->unread)
            *arena_push(a, &view->wanted) =
                (struct remap){.at = l->at, .as = l->at, .program = true};
    }
}

/* Looks once; and again where links led to what no reader looked at, as long as
 * those looks find further links, and at programs that are nobody's. */
static void view_of(struct arena *a, struct image *im, const struct scan_options *options,
                    struct view *out)
{
    struct meter meter = {.options = options};
    const struct reader *const *readers = options->selftest   ? pkg_readers_selftest
                                          : options->checkout ? pkg_readers_checkout()
                                                              : pkg_readers;
    struct look look = {
        .readers = readers,
        .budget = options->budget ? options->budget : &budget_layer,
        .progress = options->progress ? told : NULL,
        .ctx = &meter,
        .cache = options->cache,
        .checkout = options->checkout,
    };
    struct remap_list remaps = {0};
    struct map known = {0};
    struct str *facts, *more;

    for (size_t i = 0; i < im->layers.len; i++)
        meter.whole += im->layers.at[i].size;
    facts = look_at(a, im, &look);
    image_view(a, readers, facts, NULL, im->layers.len, out);
    want_unread(a, out);
    look.progress = NULL;
    for (uint64_t i = 0;
         i < look.budget->looks && add_remaps(a, &known, &remaps, &out->wanted); i++) {
        look.remaps = &remaps;
        more = look_at(a, im, &look);
        image_view(a, readers, facts, more, im->layers.len, out);
        want_unread(a, out);
    }
    if (remaps.len && add_remaps(a, &known, &remaps, &out->wanted))
        note_add(a, &out->notes, NOTE_UNREAD, out->wanted.at[0].as,
                 "links lead on and on: not followed after %" PRIu64 " looks (limit looks)",
                 look.budget->looks);
}

static void add_notes(struct arena *a, struct result *r, const struct note_list *notes)
{
    for (size_t i = 0; i < notes->len; i++)
        *arena_push(a, &r->notes) = notes->at[i];
}

static void detect(struct arena *a, const struct kept_list *kept, struct distro *out)
{
    struct {
        struct distro_file *at;
        size_t len, cap;
    } files = {0};

    for (size_t i = 0; i < kept->len; i++)
        if (!pom_is(kept->at[i].path))
            *arena_push(a, &files) =
                (struct distro_file){kept->at[i].path, kept->at[i].bytes};
    if (!distro_detect(a, files.at, files.len, out))
        *out = (struct distro){0};
}

/* What the projects of Maven ask for, all of them together. */
static void add_poms(struct arena *a, struct view *view)
{
    struct pom_source_list poms = {0};

    for (size_t i = 0; i < view->kept.len; i++) {
        const struct kept *k = &view->kept.at[i];

        if (pom_is(k->path))
            *arena_push(a, &poms) = (struct pom_source){k->path, k->bytes, k->layer};
    }
    pom_packages(a, &poms, &view->packages, &view->notes);
}

static void describe(struct arena *a, const struct image *im, struct result *out)
{
    out->source = im->source;
    out->name = im->name;
    out->digest = im->digest;
    if (im->os.n)
        out->platform =
            str_printf(a, STR_FMT "/" STR_FMT "%s" STR_FMT, STR_ARG(im->os),
                       STR_ARG(im->arch), im->variant.n ? "/" : "", STR_ARG(im->variant));
    for (size_t i = 0; i < im->layers.len; i++)
        *arena_push(a, &out->layers) = im->layers.at[i].info;
}

static void describe_data(struct arena *a, const struct db *db, struct result *out)
{
    struct db_info info;

    if (!db)
        return;
    db_info(db, a, &info);
    out->data = info.data;
    out->data_digest = info.digest;
    out->data_built = info.built;
}

static void cover_nothing(struct arena *a, struct result *r)
{
    struct judged *j;

    if (r->packages.len)
        return;
    j = arena_push(a, &r->coverage);
    *j = (struct judged){.what = S("packages")};
    if (r->checkout)
        j->why = S("no lock file, manifest or package was found");
    else if (str_starts(r->platform, S("windows/")))
        j->why = S("Windows images are not read");
    else if (r->distro.id.n)
        j->why = str_printf(a, "no package database of " STR_FMT " was found",
                            STR_ARG(r->distro.title));
    else
        j->why = S("no package database was found");
}

enum { WAYS = 5 };

/* How each package with findings came in: asked once a package. */
static void find_ways(struct arena *a, struct result *r)
{
    struct way_list *known =
        arena_alloc(a, (r->packages.len + 1) * sizeof *known, sizeof(void *));
    bool *asked = arena_alloc(a, r->packages.len + 1, 1);

    for (size_t i = 0; i < r->findings.len; i++) {
        struct finding *f = &r->findings.at[i];
        size_t at = (size_t)(f->package - r->packages.at);

        if (!asked[at])
            graph_ways(a, &r->graph, at, WAYS, &known[at]);
        asked[at] = true;
        f->ways = known[at];
    }
}

int scan_image(struct arena *a, struct str source, const struct scan_options *options,
               struct result *out, struct err *err)
{
    struct image_options how = {.platform = options->platform, .budget = options->budget};
    own_image im = NULL;
    struct db *db = NULL;
    struct str hashes = {0};
    struct view view;

    *out = (struct result){.target = source, .checkout = options->checkout};
    if (options->checkout)
        source = str_printf(a, "dir:" STR_FMT, STR_ARG(source));
    if (options->jar_hashes.n && jar_hashes_open(a, options->jar_hashes, &hashes, err) < 0)
        return err_wrap(err, "--jar-hashes");
    if (image_start(a, source, &how, &im, err) < 0)
        return err->code;
    if (options->db && options->db(options->db_ctx, &db, err) < 0)
        return err->code;
    if (image_opened(im, err) < 0)
        return err->code;
    view_of(a, im, options, &view);
    describe(a, im, out);
    add_poms(a, &view);
    settle_notes(&view);
    out->packages = view.packages;
    settle_owned(&out->packages, &view);
    jar_hashes_settle(a, hashes, &out->packages, &view.notes);
    settle_unowned(a, &out->packages, &view, &out->unowned);
    settle_twice(a, &out->packages);
    settle_stored(a, &out->packages);
    settle_declared(a, &out->packages, options->include_dev);
    settle_licences(a, &out->packages, &view);
    if (options->files)
        pkg_join_owned(a, &out->packages, &view.owned);
    detect(a, &view.kept, &out->distro);
    add_notes(a, out, &im->notes);
    add_notes(a, out, &view.notes);
    describe_data(a, db, out);
    match_packages(a, db, out);
    graph_make(a, &out->packages, &out->graph);
    find_ways(a, out);
    cover_nothing(a, out);
    return 0;
}

/* ---- one file ---- */

/* "rpmdb.sqlite" is what it is called; "amazon-rpmdb.sqlite" will do. */
static bool is_called(struct str name, struct str base)
{
    if (!str_ends(name, base))
        return false;
    return name.n == base.n || strchr("-_.", name.p[name.n - base.n - 1]) != NULL;
}

static bool reads(const struct reader *reader, struct str path)
{
    struct str dir, name, base;

    if (reader_wants(reader, path))
        return true;
    str_cut_last(path, '/', &dir, &name);
    for (const struct want *w = reader->wants; w->how != WANT_END; w++) {
        str_cut_last(str_of(w->path), '/', &dir, &base);
        if (w->how == WANT_PATH && is_called(name, base))
            return true;
    }
    return false;
}

enum { FILE_MAX_BYTES = 1 << 30, PADDING = 64 };

static int load(struct arena *a, struct str path, struct str *out, struct err *err)
{
    own(buf) b = {0};
    struct str bytes;

    if (str_load(a, str_copy(a, path).p, FILE_MAX_BYTES, &bytes, err) < 0)
        return err->code;
    buf_str(&b, bytes);
    buf_add(&b, (char[PADDING]){0}, PADDING);
    *out = buf_keep(a, &b);
    out->n -= PADDING;
    return 0;
}

/* Programs go by how they begin; everything else by its name. */
static bool may_read(const struct reader *reader, struct str path, struct str head)
{
    for (const struct want *w = reader->wants; w->how != WANT_END; w++)
        if (w->how == WANT_MAGIC && str_starts(head, str_of(w->path)))
            return true;
    return reads(reader, path);
}

enum { HEAD = 8 };

/* How a file begins: shorter where it is shorter, and where it cannot be read. */
static struct str head_of(struct arena *a, struct str path)
{
    own_file f = fopen(str_copy(a, path).p, "rbe");
    char *head = arena_alloc(a, HEAD, 1);

    return (struct str){head, f ? fread(head, 1, HEAD, f) : 0};
}

int scan_file(struct arena *a, struct str path, struct result *out, struct err *err)
{
    struct read in = {.path = path, .a = a};
    struct str beside = str_printf(a, STR_FMT "-wal", STR_ARG(path));
    struct str head = head_of(a, path);
    struct err none = {0};
    bool any = false;

    *out = (struct result){.target = path, .source = S("file")};
    for (const struct reader *const *r = pkg_readers; *r; r++) {
        if (!may_read(*r, path, head))
            continue;
        if (!any && load(a, path, &in.bytes, err) < 0)
            return err->code;
        if (!any && load(a, beside, &in.beside, &none) < 0)
            in.beside = (struct str){0};
        any = true;
        if ((*r)->read(&in, err) < 0)
            return err_wrap(err, STR_FMT, STR_ARG(path));
    }
    if (in.keep && pom_is(path)) {
        struct pom_source one = {path, in.bytes, -1};

        pom_packages(a, &(struct pom_source_list){&one, 1, 1}, &in.packages, &in.notes);
    }
    jar_hashes_settle(a, (struct str){0}, &in.packages, &in.notes);
    out->packages = in.packages;
    out->notes = in.notes;
    graph_make(a, &out->packages, &out->graph);
    return any ? 0
               : err_set(err, ERR_UNSUPPORTED, STR_FMT ": no reader knows such a file",
                         STR_ARG(path));
}

void scan_package(struct arena *a, struct db *db, struct str ecosystem,
                  const struct package *package, struct result *out)
{
    *out = (struct result){
        .distro = {.id = ecosystem, .packages = package->type, .ecosystem = ecosystem}};
    *arena_push(a, &out->packages) = *package;
    match_packages(a, db, out);
}

/* ---- the verdict ---- */

static bool counts(const struct finding *f, const struct gate *gate)
{
    return f->severity >= gate->severity && (!gate->only_fixed || f->fixed.n);
}

enum scan_exit scan_verdict(const struct result *r, const struct gate *gate)
{
    bool judged = false, unjudged = false;

    for (size_t i = 0; i < r->coverage.len; i++)
        *(r->coverage.at[i].judged ? &judged : &unjudged) = true;
    if (notes_unread(&r->notes))
        return SCAN_INCOMPLETE;
    if (!judged)
        return SCAN_UNJUDGED;
    if (unjudged && gate->strict)
        return SCAN_INCOMPLETE;
    for (size_t i = 0; i < r->findings.len && !gate->none; i++)
        if (counts(&r->findings.at[i], gate))
            return SCAN_FINDINGS;
    return SCAN_CLEAN;
}
