/* How long it takes to open the database and to match packages.
 *
 *     match DB PACKAGES ROUNDS
 *
 * PACKAGES has a Debian 12 package a line: name, version, source, its version,
 * between tabs. One line a round: nanoseconds, findings. The process is warm from
 * the second round on, the database is opened anew in each. */
#include "match/match.h"
#include "advisory/advisory.h"
#include "base/err.h"
#include "base/own.h"
#include "io/stream.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int64_t now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void read_packages(struct arena *a, struct str text, struct package_list *out)
{
    struct str line;

    while (str_cut(text, '\n', &line, &text)) {
        struct package *p = arena_push(a, out);

        *p = (struct package){.type = S("deb"), .layer = -1};
        str_cut(line, '\t', &p->name, &line);
        str_cut(line, '\t', &p->version, &line);
        str_cut(line, '\t', &p->source, &p->source_version);
    }
}

static int match(const char *dir, const struct package_list *packages, size_t *found)
{
    own(arena) a = {0};
    own_db db = NULL;
    struct err err = {0};
    struct result r = {
        .distro = {.id = S("debian"), .packages = S("deb"), .ecosystem = S("debian:12")},
        .packages = *packages,
    };

    if (db_open(dir, &db, &err) < 0) {
        fprintf(stderr, "match: %s\n", err.text);
        return -1;
    }
    match_packages(&a, db, &r);
    *found = r.findings.len;
    return 0;
}

int main(int argc, char **argv)
{
    own(arena) a = {0};
    struct package_list packages = {0};
    struct err err = {0};
    struct str text;
    size_t found;
    int fd;

    if (argc != 4 || (fd = open(argv[2], O_RDONLY | O_CLOEXEC)) < 0)
        return fprintf(stderr, "usage: match DB PACKAGES ROUNDS\n"), 2;
    own_stream s = stream_file(fd, 0, UINT64_MAX);
    if (stream_load(&a, s, 64 << 20, &text, &err) < 0)
        return fprintf(stderr, "match: %s\n", err.text), 2;
    read_packages(&a, text, &packages);
    for (int i = atoi(argv[3]); i > 0; i--) {
        int64_t start = now();

        if (match(argv[1], &packages, &found) < 0)
            return 2;
        printf("%lld %zu\n", (long long)(now() - start), found);
    }
    return 0;
}
