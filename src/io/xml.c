#include "io/xml.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#include <expat.h>
#include <limits.h>

enum { DEPTH_MAX = 128, ELEMENTS_MAX = 1000000 };

struct level {
    struct xml *x, *last; /* the last one inside it */
    size_t text;          /* where its text begins in the buffer */
};

struct reading {
    struct arena *a;
    XML_Parser parser;
    struct err *err;
    struct level levels[DEPTH_MAX + 1]; /* the first is above the root */
    unsigned depth;
    size_t elements;
    struct buf text; /* of the open elements, one behind the other */
    int code;
};

static void stop(struct reading *r, enum err_code code, const char *why)
{
    if (r->code)
        return;
    r->code = err_set(r->err, code, "line %lu, column %lu: %s",
                      XML_GetCurrentLineNumber(r->parser),
                      XML_GetCurrentColumnNumber(r->parser) + 1, why);
    XML_StopParser(r->parser, XML_FALSE);
}

static struct xml_attr *copy_attrs(struct arena *a, const XML_Char **attrs, size_t *len)
{
    struct xml_attr *at;
    size_t n = 0;

    while (attrs[2 * n])
        n++;
    at = arena_alloc(a, (n + 1) * sizeof *at, sizeof(void *));
    for (size_t i = 0; i < n; i++)
        at[i] = (struct xml_attr){str_copy(a, str_of(attrs[2 * i])),
                                  str_copy(a, str_of(attrs[2 * i + 1]))};
    *len = n;
    return at;
}

static void XMLCALL on_open(void *ctx, const XML_Char *name, const XML_Char **attrs)
{
    struct reading *r = ctx;
    struct level *l = &r->levels[r->depth];
    struct xml *x;

    if (r->depth == DEPTH_MAX) {
        stop(r, ERR_LIMIT, "nested more than 128 deep");
        return;
    }
    if (++r->elements > ELEMENTS_MAX) {
        stop(r, ERR_LIMIT, "more than a million elements");
        return;
    }
    x = arena_new(r->a, struct xml);
    x->name = str_copy(r->a, str_of(name));
    x->attrs = copy_attrs(r->a, attrs, &x->attrs_len);
    x->line = XML_GetCurrentLineNumber(r->parser);
    if (l->last)
        l->last->next = x;
    else if (l->x)
        l->x->sub = x;
    l->last = x;
    r->levels[++r->depth] = (struct level){.x = x, .text = r->text.len};
}

/* Text of an element goes on behind the elements in it, whose own is gone by then. */
static void XMLCALL on_close(void *ctx, const XML_Char *name)
{
    struct reading *r = ctx;
    struct level *l = &r->levels[r->depth];

    (void)name;
    l->x->text = str_copy(r->a, str_trim(str_from(buf_view(&r->text), l->text)));
    r->text.len = l->text;
    r->depth--;
}

static void XMLCALL on_text(void *ctx, const XML_Char *text, int n)
{
    struct reading *r = ctx;

    if (r->depth)
        buf_add(&r->text, text, (size_t)n);
}

static void XMLCALL on_doctype(void *ctx, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_subset)
{
    (void)name, (void)system, (void)public, (void)has_subset;
    stop(ctx, ERR_FORMAT, "a DOCTYPE, which is not read");
}

/* In pieces: expat counts lengths as int. */
static enum XML_Status feed(XML_Parser parser, struct str text)
{
    enum { PIECE = 1 << 24 };
    enum XML_Status status = XML_STATUS_OK;

    do {
        struct str piece = {str_chars(text), text.n < PIECE ? text.n : PIECE};

        text = str_from(text, piece.n);
        status = XML_Parse(parser, piece.p, (int)piece.n, text.n == 0);
    } while (text.n && status == XML_STATUS_OK);
    return status;
}

int xml_parse(struct arena *a, struct str text, struct xml **root, struct err *err)
{
    struct reading r = {.a = a, .err = err, .parser = XML_ParserCreate(NULL)};

    if (!r.parser)
        mem_out(0);
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_open, on_close);
    XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    XML_SetHashSalt(r.parser, (unsigned long)(uintptr_t)&r | 1);
    if (feed(r.parser, text) != XML_STATUS_OK)
        stop(&r, ERR_FORMAT, XML_ErrorString(XML_GetErrorCode(r.parser)));
    XML_ParserFree(r.parser);
    buf_done(&r.text);
    *root = r.levels[0].last;
    return r.code;
}

struct xml *xml_get(const struct xml *x, struct str name)
{
    struct xml *sub = x ? x->sub : NULL;

    while (sub && !str_equal(sub->name, name))
        sub = sub->next;
    return sub;
}

struct str xml_text(const struct xml *x, struct str name)
{
    const struct xml *sub = xml_get(x, name);

    return sub ? sub->text : (struct str){0};
}

struct str xml_attr(const struct xml *x, struct str name)
{
    for (size_t i = 0; x && i < x->attrs_len; i++)
        if (str_equal(x->attrs[i].name, name))
            return x->attrs[i].value;
    return (struct str){0};
}
