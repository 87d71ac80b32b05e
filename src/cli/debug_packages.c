/* lotse debug packages PATH: what is installed, as JSON. */
#include "base/err.h"
#include "base/own.h"
#include "cli/debug.h"
#include "io/json_write.h"
#include "model/files.h"
#include "report/report.h"
#include "scan/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

static void put_files(struct json_write *w, const struct package *p)
{
    own(files_read) r = files_of(p->files);
    struct package_file f;

    json_open_key(w, "files", '[');
    while (files_next(&r, &f)) {
        json_open(w, '{');
        json_put_str(w, "path", f.path);
        json_put_some(w, "algorithm", f.algorithm);
        json_put_some(w, "digest", f.digest);
        if (f.config)
            json_put_bool(w, "config", true);
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void put_package(struct json_write *w, const struct result *r,
                        const struct package *p, bool files)
{
    json_open(w, '{');
    report_package_json(w, r, p);
    if (files)
        put_files(w, p);
    json_close(w, '}');
}

static void put_notes(const struct result *r)
{
    for (size_t i = 0; i < r->notes.len; i++) {
        const struct note *n = &r->notes.at[i];

        fputs(n->level == NOTE_UNREAD ? "not read: " : "note: ", stderr);
        if (n->layer >= 0)
            fprintf(stderr, "layer %d: ", n->layer + 1);
        if (n->where.n)
            fprintf(stderr, STR_FMT ": ", STR_ARG(n->where));
        if (n->line)
            fprintf(stderr, "line %" PRIu64 ": ", n->line);
        fprintf(stderr, STR_FMT "\n", STR_ARG(n->what));
    }
}

/* A package database by itself, when its name is one's; else an image. */
static int scan(const struct call *call, struct result *r, struct err *err)
{
    struct str path = call->args.at[1];
    struct scan_options options = {
        .platform = cli_value(call, OPTION_PLATFORM),
        .files = cli_given(call, OPTION_FILES),
        .include_dev = true,
    };
    struct stat st;
    int code = ERR_UNSUPPORTED;

    if (stat(str_copy(call->a, path).p, &st) == 0 && S_ISREG(st.st_mode))
        code = scan_file(call->a, path, r, err);
    return code == ERR_UNSUPPORTED ? scan_image(call->a, path, &options, r, err) : code;
}

int debug_packages(const struct call *call)
{
    struct result r;
    struct err err = {0};
    own(buf) text = {0};
    struct json_write w = {.out = &text};

    if (call->args.len != 2)
        return cli_fail("usage: lotse debug packages PATH");
    if (scan(call, &r, &err) < 0)
        return cli_fail("%s", err.text);
    json_open(&w, '{');
    json_open_key(&w, "packages", '[');
    for (size_t i = 0; i < r.packages.len; i++)
        put_package(&w, &r, &r.packages.at[i], cli_given(call, OPTION_FILES));
    json_close(&w, ']');
    json_close(&w, '}');
    fwrite(text.at, 1, text.len, stdout);
    put_notes(&r);
    return notes_unread(&r.notes) ? EXIT_FAILURE_ : EXIT_CLEAN;
}
