/* lotse db build|status|search|verify */
#include "advisory/advisory.h"
#include "base/err.h"
#include "base/own.h"
#include "cli/cli.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- build ---- */

static void put_built(const struct db_built *b)
{
    cli_print("%-24.*s %8" PRIu64 " vulnerabilities %8" PRIu64 " statements",
              (int)b->name.n, b->name.p, b->vulnerabilities, b->statements);
    if (b->date.n)
        cli_print("  %.10s", b->date.p);
    cli_print("\n");
    for (size_t i = 0; i < b->why.len && i < 5; i++)
        cli_print("    passed over: " STR_FMT "\n", STR_ARG(b->why.at[i]));
    if (b->why.len > 5)
        cli_print("    passed over: %zu further reasons\n", b->why.len - 5);
    if (b->unclaimed)
        cli_print("    %" PRIu64 " file%s in no form that is read, such as " STR_FMT "\n",
                  b->unclaimed, b->unclaimed == 1 ? "" : "s",
                  STR_ARG(b->unclaimed_example));
}

/* A database without one of its sources is written, and it is no success. */
static int verdict(const struct db_built_list *built)
{
    int code = EXIT_CLEAN;

    for (size_t i = 0; i < built->len; i++)
        if (built->at[i].broken.n)
            code = cli_fail("not read: " STR_FMT, STR_ARG(built->at[i].broken));
    return code;
}

static int build(const struct call *call)
{
    struct str feeds = cli_value(call, OPTION_FEEDS), dir = cli_db_dir(call);
    struct db_built_list built = {0};
    struct err err = {0};
    int r;

    if (!feeds.n)
        return cli_fail("from which feeds? usage: lotse db build --feeds DIR");
    if (!dir.n)
        return cli_fail("no home directory to keep the database in: name one with --db");
    r = db_build(call->a, str_copy(call->a, feeds).p, dir.p, &built, &err);
    for (size_t i = 0; i < built.len; i++)
        put_built(&built.at[i]);
    if (r < 0) {
        verdict(&built);
        return cli_fail("%s", err.text);
    }
    cli_print("written to %s\n", dir.p);
    return verdict(&built);
}

/* ---- status ---- */

static int open(const struct call *call, struct db **db)
{
    struct err err = {0};

    return db_open(cli_db_dir(call).p, db, &err) < 0 ? cli_fail("%s", err.text) : 0;
}

static int status(const struct call *call)
{
    own_db db = NULL;
    struct db_info info;

    if (open(call, &db))
        return EXIT_FAILURE_;
    db_info(db, call->a, &info);
    cli_print("database  %s\n", cli_db_dir(call).p);
    cli_print("digest    " STR_FMT "\n", STR_ARG(info.digest));
    cli_print("built     " STR_FMT "\n", STR_ARG(info.built));
    cli_print("size      %.1f MB, %" PRIu64 " vulnerabilities\n\n",
              (double)info.bytes / 1e6, info.vulnerabilities);
    for (size_t i = 0; i < info.data.len; i++)
        cli_print("%-24.*s %8" PRIu64 " records  %s\n", (int)info.data.at[i].name.n,
                  info.data.at[i].name.p, info.data.at[i].records,
                  info.data.at[i].date.n ? str_copy(call->a, info.data.at[i].date).p
                                         : "date unknown");
    cli_print("\n");
    for (size_t i = 0; i < info.shards.len; i++)
        cli_print("%-24.*s %8" PRIu64 " statements on %" PRIu64 " packages\n",
                  (int)info.shards.at[i].ecosystem.n, info.shards.at[i].ecosystem.p,
                  info.shards.at[i].statements, info.shards.at[i].packages);
    return EXIT_CLEAN;
}

/* ---- search ---- */

static void put_ranges(const struct statement *s)
{
    static const char *const words[] = {
        [EVENT_INTRODUCED] = "from",     [EVENT_FIXED] = "fixed in",
        [EVENT_LAST_AFFECTED] = "up to", [EVENT_LIMIT] = "below",
        [EVENT_AFTER] = "after",
    };

    for (size_t i = 0; i < s->ranges.len; i++)
        for (size_t j = 0; j < s->ranges.at[i].events.len; j++) {
            const struct event *e = &s->ranges.at[i].events.at[j];

            if (e->what != EVENT_INTRODUCED || !str_equal(e->version, S("0")))
                cli_print(" %s " STR_FMT, words[e->what], STR_ARG(e->version));
        }
}

static void put_statement(const struct statement *s)
{
    cli_print("  %-16.*s %-28.*s " STR_FMT, (int)s->ecosystem.n, s->ecosystem.p,
              (int)s->package.n, s->package.p, STR_ARG(s->advisory));
    put_ranges(s);
    if (s->status != STATUS_AFFECTED)
        cli_print(" (%s)", status_name(s->status));
    if (s->module.n)
        cli_print(" module " STR_FMT, STR_ARG(s->module));
    cli_print("\n");
}

static void put_wrapped(struct str text, size_t width)
{
    size_t at = 0;
    struct str word;

    while (text.n) {
        str_cut(text, ' ', &word, &text);
        if (at && at + 1 + word.n > width) {
            cli_print("\n");
            at = 0;
        }
        at += cli_print("%s" STR_FMT, at ? " " : "", STR_ARG(word));
    }
    cli_print("\n");
}

static void put_vulnerability(const struct vulnerability *v)
{
    cli_print(STR_FMT "  " STR_FMT "\n", STR_ARG(v->id), STR_ARG(v->title));
    for (size_t i = 0; i < v->aliases.len; i++)
        cli_print("also known as " STR_FMT "\n", STR_ARG(v->aliases.at[i]));
    if (v->published.n)
        cli_print("published %.10s\n", v->published.p);
    if (v->withdrawn.n)
        cli_print("withdrawn %.10s\n", v->withdrawn.p);
    if (v->kev_added.n)
        cli_print("known to be exploited since %.10s%s\n", v->kev_added.p,
                  v->kev_ransomware ? ", also by ransomware" : "");
    for (size_t i = 0; i < v->scores.len; i++)
        cli_print(STR_FMT "\n", STR_ARG(v->scores.at[i].vector));
    for (size_t i = 0; i < v->cwes.len; i++)
        cli_print(STR_FMT "%s", STR_ARG(v->cwes.at[i]), i + 1 < v->cwes.len ? " " : "\n");
    for (struct str rest = v->description, line; str_line(&rest, &line);)
        put_wrapped(line, 80);
    for (size_t i = 0; i < v->links.len; i++)
        cli_print("  " STR_FMT "\n", STR_ARG(v->links.at[i].url));
}

static int search(const struct call *call)
{
    struct str what = call->args.len > 1 ? call->args.at[1] : (struct str){0};
    struct statement_list found = {0};
    struct vulnerability v;
    own_db db = NULL;
    struct err err = {0};
    bool known;
    int r;

    if (!what.n)
        return cli_fail("search for what? usage: lotse db search ID|PACKAGE");
    if (open(call, &db))
        return EXIT_FAILURE_;
    r = db_vulnerability(db, call->a, what, &v, &err);
    known = r == 0;
    if (known)
        put_vulnerability(&v);
    if (r == 0 || r == ERR_NOTFOUND)
        r = db_search_id(db, call->a, what, &found, &err);
    if (r == 0 && !known && !found.len)
        r = db_search_package(db, call->a, what, &found, &err);
    if (r < 0)
        return cli_fail("%s", err.text);
    for (size_t i = 0; i < found.len; i++)
        put_statement(&found.at[i]);
    if (!known && !found.len)
        cli_print("nothing is known of " STR_FMT "\n", STR_ARG(what));
    return known || found.len ? EXIT_CLEAN : EXIT_FINDINGS;
}

static int verify(const struct call *call)
{
    own_db db = NULL;
    struct err err = {0};

    if (open(call, &db))
        return EXIT_FAILURE_;
    if (db_verify(db, &err) < 0)
        return cli_fail("%s", err.text);
    puts("every block is as it was written");
    return EXIT_CLEAN;
}

static int db_run(const struct call *call)
{
    static const struct {
        const char *name;
        int (*run)(const struct call *call);
    } verbs[] = {
        {"build", build}, {"status", status}, {"search", search}, {"verify", verify}};

    for (size_t i = 0; call->args.len && i < sizeof verbs / sizeof *verbs; i++)
        if (str_equal(call->args.at[0], str_of(verbs[i].name)))
            return verbs[i].run(call);
    return cli_fail("usage: lotse db build|status|search|verify; see lotse db --help");
}

const struct command command_db = {
    .name = "db",
    .args = "build|status|search ID|PACKAGE|verify",
    .title = "build the advisory database, ask it, check it",
    .text =
        "  lotse db build --feeds DIR     from feeds as their publishers write them: OSV\n"
        "                                 (JSON or YAML, in folders, zip or tar), the "
        "Debian\n"
        "                                 security tracker, Alpine secdb, CISA KEV\n"
        "  lotse db status                what is in it, and how old\n"
        "  lotse db search CVE-2021-3711  all that is known of it\n"
        "  lotse db search openssl        what is known of a package\n"
        "  lotse db verify                reads every byte and checks it\n",
    .options = {OPTION_FEEDS + 1, OPTION_DB + 1, OPTION_LIMIT + 1},
    .run = db_run,
};
