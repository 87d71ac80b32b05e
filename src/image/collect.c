#include "image/collect.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/own.h"
#include "image/names.h"
#include "image/program.h"
#include "image/wants.h"
#include "model/path.h"
#include "sandbox/sandbox.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { PADDING = 64 };

/* A file that waits for the one beside it until the layer has ended. */
struct waiting {
    const struct reader *reader;
    struct str as, at;
    struct buf main, beside;
    bool has_main;
    struct waiting *next;
};

struct collect {
    struct arena a;     /* paths and notes, as long as the layer */
    struct arena entry; /* as long as an entry */
    struct arena file;  /* as long as one reader looks at it */
    struct buf content; /* of the file at hand */
    const struct look *look;
    struct wants wants;
    struct facts facts;
    struct buf files; /* packed as they come, so that no file's memory outlives it */
    size_t files_len;
    struct waiting *waiting;
    struct buf folder; /* the one that readers were told of last */
    struct names names;
    uint64_t free_links; /* that no wanted path needs */
    bool disturbed;      /* something was not read, and it was not for its bytes */
};

struct collect *collect_new(const struct look *look)
{
    struct collect *c = mem_alloc(sizeof *c);

    c->look = look;
    wants_make(&c->a, look, &c->wants);
    for (const struct reader *const *r = look->readers; *r; r++)
        *arena_push(&c->a, &c->facts.readers) =
            (struct facts_reader){str_of((*r)->name), (*r)->version};
    return c;
}

/* A reader that broke on this file before: why, else NULL. */
static const struct skip *skipped(const struct look *look, struct str reader,
                                  struct str path)
{
    for (size_t i = 0; look->skips && i < look->skips->len; i++) {
        const struct skip *s = &look->skips->at[i];

        if (s->layer == look->layer && str_equal(s->reader, reader) &&
            str_equal(s->path, path))
            return s;
    }
    return NULL;
}

static int run_reader(const struct look *look, const struct reader *reader, struct read *in,
                      struct str at, struct err *err)
{
    const struct skip *skip = skipped(look, str_of(reader->name), at);
    int r;

    if (skip)
        return err_set(err, ERR_IO, "its reader broke off (" STR_FMT "), not read",
                       STR_ARG(skip->why));
    if (look->place)
        sandbox_enter(look->place, str_of(reader->name), at);
    r = reader->read(in, err);
    if (look->place)
        sandbox_leave(look->place);
    return r;
}

/* The name itself; and, each time the folder changes, that there is something
 * directly in it. */
static void remember(struct collect *c, struct str path, bool is_dir)
{
    struct str dir = path_dir(path);

    names_add(&c->names, c->look->key, path, is_dir);
    if (!wants_same_folder(&c->wants, dir))
        names_add_inside(&c->names, c->look->key, dir);
}

/* What will be said of the same bytes each time they are read. */
static bool of_the_bytes(enum err_code code)
{
    return code == ERR_FORMAT || code == ERR_LIMIT || code == ERR_UNSUPPORTED;
}

/* Runs one reader over one file and packs what it found. */
static void read_file(struct collect *c, const struct reader *reader, struct str as,
                      struct str at, struct str bytes, struct str beside)
{
    struct arena *a = &c->file;
    struct read in = {.path = as, .bytes = bytes, .beside = beside, .a = a};
    struct facts_file file = {.reader = str_of(reader->name), .path = as, .at = at};
    struct err err = {0};

    if (run_reader(c->look, reader, &in, at, &err) < 0)
        note_add(a, &in.notes, NOTE_UNREAD, as, "%s", err.text);
    c->disturbed |= err.code && !of_the_bytes(err.code);
    if (reader->wants->how == WANT_MAGIC && !reader->listed && !in.packages.len &&
        !in.notes.len) { /* most files are no such program: nothing to tell */
        arena_reset(a);
        return;
    }
    file.packages = in.packages;
    file.owned = in.owned;
    file.notes = in.notes;
    file.keep = in.keep;
    if (in.keep)
        file.kept = in.bytes;
    facts_pack_file(&c->files, &file);
    c->files_len++;
    arena_reset(a);
}

/* What is in a folder comes in a row, as a rule: so it is told of when the row begins. */
static void meet_folders(struct collect *c, struct str path, bool is_dir)
{
    for (const struct wanted_by *by = c->wants.folders; by; by = by->next) {
        struct str folder = wants_folder_at(by, path, is_dir);

        if (!folder.n || str_equal(folder, buf_view(&c->folder)))
            continue;
        if (!by->want->only || by->want->only(folder))
            read_file(c, by->reader, folder, folder, (struct str){0}, (struct str){0});
        c->folder.len = 0;
        buf_str(&c->folder, folder);
    }
}

static struct waiting *wait_for(struct collect *c, const struct wanted_by *by)
{
    struct waiting *w;

    for (w = c->waiting; w; w = w->next)
        if (w->reader == by->reader && str_equal(w->as, by->as))
            return w;
    w = arena_new(&c->a, struct waiting);
    w->reader = by->reader;
    w->as = str_copy(&c->a, by->as);
    w->next = c->waiting;
    c->waiting = w;
    return w;
}

static void hold(struct collect *c, const struct wanted_by *by, struct str at,
                 struct str bytes)
{
    struct waiting *w = wait_for(c, by);
    struct buf *b = by->beside ? &w->beside : &w->main;

    b->len = 0;
    buf_str(b, bytes);
    buf_add(b, (char[PADDING]){0}, PADDING);
    b->len -= PADDING;
    if (!by->beside) {
        w->has_main = true;
        w->at = str_copy(&c->a, at);
    }
}

/* The whole content of an entry, of which `run` is the first piece, or none of it was
 * read; whether it is not too large. */
static int load(struct collect *c, uint64_t size, struct str run,
                const struct content *content, bool *fits, struct err *err)
{
    struct buf *out = &c->content;
    int r;

    *fits = true;
    if (run.n && size >= PROGRAM_LARGE && size <= c->look->budget->file &&
        str_starts(run, S("\x7f"
                          "ELF")))
        return program_load(size, run, content, out, err);
    r = run.n ? 1 : content->next(content->ctx, &run, err);

    out->len = 0;
    for (; r > 0; r = content->next(content->ctx, &run, err)) {
        if (run.n > c->look->budget->file - out->len) {
            *fits = false;
            return 0;
        }
        buf_str(out, run);
    }
    buf_add(out, (char[PADDING]){0}, PADDING);
    out->len -= PADDING;
    return r;
}

/* Programs have the right to be run, libraries ".so" in their names, and what was copied
 * carelessly has neither, but no ending. */
static bool may_be_program(const struct tar_entry *entry, struct str path)
{
    struct str base = path_base(path);

    return entry->size >= WANTS_HEAD &&
           ((entry->mode & 0111) || str_find(base, S(".so")) >= 0 ||
            str_find(base, S(".")) < 0);
}

/* It is there; a second look may read it. */
static void postpone(struct collect *c, const struct wanted_by *by, struct str path)
{
    for (; by && by->want->how == WANT_MAGIC; by = by->next) {
        struct facts_file file = {
            .reader = str_of(by->reader->name), .path = path, .at = path, .unread = true};

        if (!by->reader->listed)
            continue;
        facts_pack_file(&c->files, &file);
        c->files_len++;
    }
}

/* One that is too large is worth a word only when nobody owns it, which the second look
 * then says. */
static enum wants_when when_of(const struct collect *c, const struct tar_entry *entry,
                               struct str path)
{
    enum wants_when when = wants_when(&c->wants, path);
    bool large = entry->size > c->look->budget->file && !c->wants.again;

    return when == WANTS_NOW && large ? WANTS_LATER : when;
}

/* Looks at the first bytes, for those that go by them. */
static int look_inside(struct collect *c, const struct tar_entry *entry, struct str path,
                       const struct content *content, struct wanted_by **by,
                       struct str *run, struct err *err)
{
    enum wants_when when = when_of(c, entry, path);
    struct wanted_by *found;
    char head[WANTS_HEAD];
    int r;

    if (when == WANTS_NEVER || !may_be_program(entry, path))
        return 0;
    r = content->next(content->ctx, run, err);
    if (r <= 0)
        return r;
    memcpy(head, run->p, run->n < sizeof head ? run->n : sizeof head);
    found =
        wants_content(&c->wants, &c->entry, path,
                      (struct str){head, run->n < sizeof head ? run->n : sizeof head}, *by);
    if (when == WANTS_LATER)
        postpone(c, found, path);
    else
        *by = found;
    return 0;
}

/* Something else takes the place of what a reader may have seen in this layer. */
static void displace(struct collect *c, const struct wanted_by *by, struct str path)
{
    for (; by && (c->files_len || c->waiting); by = by->next) {
        struct facts_file nothing = {
            .reader = str_of(by->reader->name), .path = by->as, .at = path};

        if (by->want->how == WANT_PATH && by->want->suffix) {
            struct waiting *w = wait_for(c, by);

            (by->beside ? &w->beside : &w->main)->len = 0;
            w->has_main &= by->beside;
        } else {
            facts_pack_file(&c->files, &nothing);
            c->files_len++;
        }
    }
}

/* A file that readers wanted to see whole. */
static void note_large(struct collect *c, const struct wanted_by *by, struct str path)
{
    struct facts_file file = {
        .reader = str_of(by->reader->name), .path = by->as, .at = path};

    displace(c, by, path);
    note_add(&c->file, &file.notes, NOTE_UNREAD, path,
             "larger than %" PRIu64 " MiB (limit file), not read",
             c->look->budget->file >> 20);
    facts_pack_file(&c->files, &file);
    c->files_len++;
    arena_reset(&c->file);
}

static int take_file(struct collect *c, const struct tar_entry *entry, struct wanted_by *by,
                     struct str path, const struct content *content, struct err *err)
{
    struct str run = {0};
    bool fits;
    int r = look_inside(c, entry, path, content, &by, &run, err);

    if (r < 0 || !by)
        return r;
    r = load(c, entry->size, run, content, &fits, err);
    if (r < 0)
        return r;
    if (!fits) {
        note_large(c, by, path);
        return 0;
    }
    for (; by; by = by->next) {
        if (by->want->how == WANT_PATH && by->want->suffix)
            hold(c, by, path, buf_view(&c->content));
        else
            read_file(c, by->reader, by->as, path, buf_view(&c->content), (struct str){0});
    }
    if (c->content.cap > PROGRAM_LARGE)
        buf_done(&c->content);
    return 0;
}

static void add_link(struct collect *c, const struct tar_entry *entry, struct str path,
                     bool needed)
{
    bool hard = entry->type == TAR_HARDLINK;
    struct str target = entry->link;

    if (!needed && (hard || ++c->free_links > c->look->budget->links))
        return;
    if (hard && !path_clean(&c->a, entry->link, &target)) {
        note_add(&c->a, &c->facts.notes, NOTE_INFO, path,
                 "hard link out of the root, ignored");
        return;
    }
    *arena_push(&c->a, &c->facts.links) = (struct facts_link){
        .path = str_copy(&c->a, path),
        .target = str_copy(&c->a, target),
        .hard = hard,
    };
}

/* ".wh.NAME" takes NAME away, ".wh..wh..opq" hides the folder's lower content;
 * further ".wh..wh." names are marks of the aufs file system. */
static void add_whiteout(struct collect *c, struct str path)
{
    struct str dir = path_dir(path), name = str_from(path_base(path), 4);

    if (str_equal(name, S(".wh..opq")))
        *arena_push(&c->a, &c->facts.opaques) = str_copy(&c->a, dir);
    else if (str_starts(name, S(".wh.")))
        return;
    else if (name.n == 0 || str_equal(name, S(".")) || str_equal(name, S("..")))
        note_add(&c->a, &c->facts.notes, NOTE_INFO, path, "whiteout of nothing, ignored");
    else
        *arena_push(&c->a, &c->facts.whiteouts) =
            str_copy(&c->a, path_join(&c->a, dir, name));
}

int collect_entry(struct collect *c, const struct tar_entry *entry,
                  const struct content *content, struct err *err)
{
    struct arena *a = &c->entry;
    struct wanted_by *by;
    struct str path;

    arena_reset(a);
    c->facts.entries++;
    if (!path_clean(a, entry->path, &path)) {
        note_add(&c->a, &c->facts.notes, NOTE_INFO, entry->path,
                 "entry leads out of the root, ignored");
        return 0;
    }
    if (path.n == 0) {
        if (entry->type != TAR_DIR)
            note_add(&c->a, &c->facts.notes, NOTE_INFO, entry->path,
                     "the root cannot be anything but a folder, ignored");
        return 0;
    }
    if (path.n > PATH_MAX || entry->link.n > PATH_MAX) {
        note_add(&c->a, &c->facts.notes, NOTE_INFO,
                 (struct str){path.p, path.n < 80 ? path.n : 80},
                 "name longer than a path can be, ignored");
        return 0;
    }
    if (str_starts(path_base(path), S(".wh."))) {
        if (!c->look->remaps)
            add_whiteout(c, path);
        return 0;
    }
    if (!c->look->remaps) {
        remember(c, path, entry->type == TAR_DIR);
        meet_folders(c, path, entry->type == TAR_DIR);
    }
    by = wants_find(&c->wants, a, path);
    if (entry->type == TAR_FILE && (by || c->wants.magic))
        return take_file(c, entry, by, path, content, err);
    if (entry->type != TAR_HARDLINK) /* which is a name for bytes, and counts as such */
        displace(c, by, path);
    if (entry->type == TAR_SYMLINK || entry->type == TAR_HARDLINK)
        add_link(c, entry, path,
                 (by && (entry->type == TAR_HARDLINK || wanted_there(by))) ||
                     wants_above(&c->wants, path));
    return 0;
}

void collect_note(struct collect *c, struct str path, const char *what)
{
    note_add(&c->a, &c->facts.notes, NOTE_UNREAD, path, "%s", what);
}

void collect_doubt(struct collect *c, const char *where)
{
    note_add(&c->a, &c->facts.notes, NOTE_UNREAD, (struct str){0},
             "programs differ in how they unpack this layer (%s): it may hold other things "
             "than those found",
             where);
}

static void read_waiting(struct collect *c)
{
    for (struct waiting *w = c->waiting; w; w = w->next) {
        if (w->has_main)
            read_file(c, w->reader, w->as, w->at, buf_view(&w->main), buf_view(&w->beside));
        else if (w->beside.len)
            note_add(&c->a, &c->facts.notes, NOTE_UNREAD, w->as,
                     "its journal was changed in this layer, the file itself was not: "
                     "the journal was not read");
        buf_done(&w->main);
        buf_done(&w->beside);
    }
}

void collect_finish(struct collect *c, const struct err *why, uint64_t bytes,
                    const struct facts_sink *out)
{
    struct facts *f = &c->facts;
    own(buf) head = {0};

    read_waiting(c);
    f->bytes = bytes;
    if (why)
        note_add(&c->a, &f->notes, NOTE_UNREAD, (struct str){0}, "%s", why->text);
    if (c->free_links > c->look->budget->links)
        f->links_left = c->free_links - c->look->budget->links;
    f->lasting = !c->disturbed && !why;
    names_sort(&c->names);
    f->key = c->look->key;
    f->names = (struct str){(char *)c->names.at, c->names.len * NAME_BYTES};
    facts_pack(&head, f, buf_view(&c->files), c->files_len);
    out->put(out->ctx, buf_view(&head), f->names);
    names_done(&c->names);
    buf_done(&c->files);
    buf_done(&c->content);
    buf_done(&c->folder);
    wants_done(&c->wants);
    arena_done(&c->entry);
    arena_done(&c->file);
    arena_done(&c->a);
    mem_free(c);
}
