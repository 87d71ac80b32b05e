/* GitHub workflows (.github/workflows/) and actions (action.yml) use actions of others:
 *     jobs:
 *       build:
 *         uses: owner/repo/.github/workflows/x.yml@v1.2.3
 *         steps:
 *           - uses: actions/checkout@v4.1.1
 *           - uses: tj-actions/changed-files@2f7c5bfc...  # v45.0.9
 *           - uses: docker://alpine:3.8
 * An action that is an image says so in runs.image. A full version is one; a commit is one
 * when the comment behind it says which, as the bots that pin commits write it. "v4" moves
 * with each release: which version it is now only GitHub knows. docs.github.com/actions,
 * "Workflow syntax". */
#include "model/path.h"
#include "pkg/loose.h"
#include "pkg/tag.h"
#include "pkg/tree.h"

/* What others published may have theirs in it, which do not run here. */
static bool is_foreign(struct str path)
{
    return str_find(path, S("node_modules/")) >= 0 || str_find(path, S("vendor/")) >= 0 ||
           str_find(path, S("site-packages/")) >= 0 || str_find(path, S("pkg/mod/")) >= 0;
}

static bool is_workflow(struct str path)
{
    struct str dir = path_dir(path), base = path_base(path);

    if (is_foreign(path))
        return false;
    return str_equal(base, S("action.yml")) || str_equal(base, S("action.yaml")) ||
           (str_equal(path_base(dir), S("workflows")) &&
            str_equal(path_base(path_dir(dir)), S(".github")));
}

static const struct want wants[] = {
    {WANT_TAIL, ".yml", .only = is_workflow},
    {WANT_TAIL, ".yaml", .only = is_workflow},
    {0},
};

static int github_actions_read(struct read *in, struct err *err);

const struct reader pkg_github_actions = {
    .name = "github_actions",
    .title = "GitHub: actions that workflows use",
    .version = 1,
    .source = true,
    .wants = wants,
    .read = github_actions_read,
};

struct workflow {
    struct read *in;
    struct str_list lines;
    struct loose loose;
};

/* The comment on a line, "tag=v1.2.3" and "@v1.2.3" among them. */
static struct str comment_on(const struct workflow *w, uint64_t line)
{
    struct str head, comment = {0}, tail;

    if (!line || line > w->lines.len)
        return comment;
    if (!str_cut(w->lines.at[line - 1], '#', &head, &comment))
        return (struct str){0};
    comment = str_trim(comment);
    if (str_cut(comment, '=', &head, &tail) || str_cut(comment, '@', &head, &tail))
        return tail;
    return comment;
}

static void add(struct workflow *w, const char *type, struct str name, struct str version,
                uint64_t line)
{
    struct package *p = read_add(w->in, type, name, version);

    p->line = line;
    p->direct = true;
}

/* "docker://ghcr.io/owner/image:1.2@sha256:...": the tag, or without one the digest. */
static void take_image(struct workflow *w, struct json uses)
{
    struct str text = str_from(json_str(uses), 9), image, digest, host, last, name, tag;

    str_cut(text, '@', &image, &digest);
    str_cut_last(image, '/', &host, &last); /* a port is in front of the last part */
    str_cut(last, ':', &name, &tag);
    if (!name.n)
        read_note(w->in, json_line(uses), "no name of an image: \"%.80s\"",
                  str_copy(w->in->a, json_str(uses)).p);
    else if (str_equal(tag, S("latest")) || (!tag.n && !digest.n))
        loose_add(&w->loose, json_str(uses));
    else
        add(w, "docker", (struct str){image.p, (size_t)(name.p + name.n - image.p)},
            tag.n ? tag : digest, json_line(uses));
}

/* A branch with a comment has moved since. */
static bool is_commit(struct str ref)
{
    for (size_t i = 0; i < ref.n; i++)
        if (!(ref.p[i] >= '0' && ref.p[i] <= '9') && !(ref.p[i] >= 'a' && ref.p[i] <= 'f'))
            return false;
    return ref.n >= 7;
}

/* "actions/cache/save@v3.3.2": actions/cache */
static void take_action(struct workflow *w, struct json uses)
{
    struct str text = json_str(uses), path, ref, owner, rest, repo, inner, version;

    if (!str_cut(text, '@', &path, &ref) || !str_cut(path, '/', &owner, &rest) ||
        !owner.n || !rest.n) {
        read_note(w->in, json_line(uses), "not owner/repository@version: \"%.80s\"",
                  str_copy(w->in->a, text).p);
        return;
    }
    str_cut(rest, '/', &repo, &inner);
    if (tag_version(ref, &version) ||
        (is_commit(ref) && tag_version(comment_on(w, json_line(uses)), &version)))
        add(w, "github", (struct str){path.p, (size_t)(repo.p + repo.n - path.p)}, version,
            json_line(uses));
    else
        loose_add(&w->loose, text);
}

static void take_uses(struct workflow *w, struct json uses)
{
    struct str text = json_str(uses);

    if (str_starts(text, S("docker://")))
        take_image(w, uses);
    else if (text.n && !str_starts(text, S("./")))
        take_action(w, uses);
}

static void take_steps(struct workflow *w, struct json steps)
{
    struct json step;

    for (struct json_each e = json_each(steps); json_next(&e, NULL, &step);)
        take_uses(w, json_get(step, S("uses")));
}

static int github_actions_read(struct read *in, struct err *err)
{
    struct workflow w = {.in = in};
    struct str rest = in->bytes, line;
    struct json root, job, runs;
    int r = read_tree(in, TREE_YAML, &root, err);

    if (r < 0)
        return r;
    while (str_line(&rest, &line))
        *arena_push(in->a, &w.lines) = line;
    for (struct json_each e = json_each(json_get(root, S("jobs")));
         json_next(&e, NULL, &job);) {
        take_uses(&w, json_get(job, S("uses")));
        take_steps(&w, json_get(job, S("steps")));
    }
    runs = json_get(root, S("runs"));
    take_steps(&w, json_get(runs, S("steps")));
    if (str_starts(json_get_str(runs, S("image")), S("docker://")))
        take_image(&w, json_get(runs, S("image")));
    loose_note(in, &w.loose);
    return 0;
}
