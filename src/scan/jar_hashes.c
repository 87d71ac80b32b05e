#include "scan/jar_hashes.h"

#include "base/err.h"
#include "base/own.h"
#include "model/note.h"
#include "model/package.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHA1 = 40, LOOK_AT = 1000 };

/* ---- the table ---- */

static bool is_hash(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == SHA1;
}

static struct str hash_of(struct str line)
{
    return (struct str){line.p, line.n < SHA1 ? line.n : SHA1};
}

/* Behind the hash and blanks. */
static struct str name_of(struct str line)
{
    return str_trim(str_from(line, line.n < SHA1 ? line.n : SHA1));
}

/* The first lines tell a file that is something else. */
static int check(struct str table, struct err *err)
{
    struct str line, before = {0};

    for (uint64_t n = 1; n <= LOOK_AT && str_line(&table, &line); n++) {
        struct str hash = hash_of(line), group, rest, artifact, version;

        if (!is_hash(hash) || !str_cut(name_of(line), ':', &group, &rest) ||
            !str_cut(rest, ':', &artifact, &version))
            return err_set(err, ERR_FORMAT,
                           "line %" PRIu64 " is not \"SHA1 GROUP:ARTIFACT:VERSION\"", n);
        if (str_compare(before, hash) > 0)
            return err_set(err, ERR_FORMAT,
                           "line %" PRIu64 " is out of order (LC_ALL=C sort)", n);
        before = hash;
    }
    return 0;
}

static void unmap(void *at, size_t size)
{
    munmap(at, size);
}

int jar_hashes_open(struct arena *a, struct str path, struct str *out, struct err *err)
{
    own_fd fd = open(str_copy(a, path).p, O_RDONLY | O_CLOEXEC);
    struct stat st;
    char *at;

    *out = (struct str){0};
    if (fd < 0 || fstat(fd, &st) < 0)
        return err_sys(err, STR_FMT, STR_ARG(path));
    if (st.st_size == 0)
        return 0;
    at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED)
        return err_sys(err, STR_FMT, STR_ARG(path));
    arena_adopt(a, at, (size_t)st.st_size, unmap);
    *out = (struct str){at, (size_t)st.st_size};
    return check(*out, err) < 0 ? err_wrap(err, STR_FMT, STR_ARG(path)) : 0;
}

/* The line that byte i is in. */
static struct str line_at(struct str table, size_t i, size_t *begin)
{
    struct str line, rest;

    while (i > 0 && table.p[i - 1] != '\n')
        i--;
    *begin = i;
    str_cut(str_from(table, i), '\n', &line, &rest);
    return line;
}

struct str jar_hashes_find(struct str table, struct str sha1)
{
    size_t low = 0, high = table.n, begin;

    while (low < high) {
        struct str line = line_at(table, low + (high - low) / 2, &begin);
        int r = str_compare(hash_of(line), sha1);

        if (r == 0)
            return name_of(line);
        if (r < 0)
            low = begin + line.n + 1;
        else
            high = begin;
    }
    return (struct str){0};
}

/* ---- jars without a name ---- */

static bool name_it(struct package *p, struct str name)
{
    struct str rest;

    return str_cut(name, ':', &p->group, &rest) &&
           str_cut(rest, ':', &p->name, &p->version) && p->name.n && p->version.n;
}

void jar_hashes_settle(struct arena *a, struct str table, struct package_list *packages,
                       struct note_list *notes)
{
    size_t kept = 0;

    for (size_t i = 0; i < packages->len; i++) {
        struct package p = packages->at[i];
        bool unnamed = str_starts(p.key, S("sha1:")) && str_equal(p.type, S("maven"));

        if (!unnamed || name_it(&p, jar_hashes_find(table, str_from(p.key, 5)))) {
            p.key = unnamed ? (struct str){0} : p.key;
            packages->at[kept++] = p;
            continue;
        }
        note_add(a, notes, NOTE_INFO, p.path,
                 "neither it nor its name says which version it is%s",
                 table.n ? ", and the table of hashes does not know it" : "")
            ->layer = p.layer;
    }
    packages->len = kept;
}
