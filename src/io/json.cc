// simdjson behind the C face of json.h. A struct json is simdjson's own view of
// an element, a document and a place on its tape.
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>

#include "io/json_doc.h"

extern "C" {
#include "io/json_place.h"
}

namespace dom = simdjson::dom;

namespace
{

// simdjson's count: it refuses the level that has the number itself, if that is not empty.
constexpr size_t depth_max = JSON_DEPTH_MAX + 1;

static_assert(sizeof(dom::element) == sizeof(json) &&
                  std::is_trivially_copyable<dom::element>(),
              "a struct json holds a dom::element");

bool element_of(json v, dom::element *out)
{
    if (!v.doc)
        return false;
    memcpy(static_cast<void *>(out), &v, sizeof v);
    return true;
}

json json_of(dom::element e)
{
    json v;

    memcpy(&v, &e, sizeof v);
    return v;
}

str str_from_view(std::string_view s)
{
    return str{s.data(), s.size()};
}

// An iterator is a view of the same two words, kept in doc and at.
struct place {
    const void *doc;
    uint64_t at;
};

template <typename It> It iterator_of(const struct json_each *e)
{
    static_assert(sizeof(It) == sizeof(place) && std::is_trivially_copyable<It>(),
                  "a struct json_each holds an iterator");
    place p = {e->doc, e->at};
    union room {
        room()
        {
        }
        It it;
    } r;

    memcpy(static_cast<void *>(&r.it), &p, sizeof p);
    return r.it;
}

template <typename It> void keep_at(It it, struct json_each *e)
{
    place p;

    memcpy(&p, &it, sizeof p);
    e->doc = p.doc;
    e->at = p.at;
}

template <typename It> void keep(It begin, It end, struct json_each *e)
{
    keep_at(end, e);
    e->end = e->at;
    keep_at(begin, e);
}

} // namespace

json_doc *json_doc_new()
{
    json_doc *doc = new (std::nothrow) json_doc;

    if (!doc)
        mem_out(sizeof *doc);
    return doc;
}

void json_doc_free(json_doc *doc)
{
    delete doc;
}

// What simdjson calls it, and the place where our own scan stumbles, too.
static int not_json(str text, simdjson::error_code code, err *err)
{
    bool deep = code == simdjson::DEPTH_ERROR;
    json_place place;

    if (code == simdjson::CAPACITY || code == simdjson::MEMALLOC)
        return err_set(err, ERR_LIMIT, "JSON text of %zu bytes", text.n);
    if (!json_place_find(text, &place))
        return err_set(err, ERR_FORMAT, "not JSON: %s", simdjson::error_message(code));
    return err_set(err, deep ? ERR_LIMIT : ERR_FORMAT, "%s: line %zu, column %zu: %s",
                   deep ? "JSON" : "not JSON", place.line, place.column, place.what);
}

int json_parse(json_doc *doc, str text, json *root, err *err)
{
    size_t room = text.n < 4096 ? 4096 : text.n;
    dom::element e;
    auto code = simdjson::SUCCESS;

    doc->lines_len = 0;
    if (str_starts(text, S("\xef\xbb\xbf")))
        text = str_from(text, 3);
    if (text.n == 0)
        return err_set(err, ERR_FORMAT, "not JSON: there is nothing");
    if (doc->parser.capacity() < text.n || doc->parser.max_depth() != depth_max)
        code = doc->parser.allocate(room, depth_max);
    if (!code)
        code = doc->parser.parse_into_document(*doc, text.p, text.n).get(e);
    if (code)
        return not_json(text, code, err);
    *root = json_of(e);
    return 0;
}

static enum json_kind kind_of(dom::element_type t)
{
    switch (t) {
    case dom::element_type::ARRAY:
        return JSON_LIST;
    case dom::element_type::OBJECT:
        return JSON_MAP;
    case dom::element_type::STRING:
        return JSON_STRING;
    case dom::element_type::BOOL:
        return JSON_BOOL;
    case dom::element_type::NULL_VALUE:
        return JSON_NULL;
    default:
        return JSON_NUMBER;
    }
}

enum json_kind json_kind(json v)
{
    dom::element e;

    return element_of(v, &e) ? kind_of(e.type()) : JSON_NONE;
}

json json_get(json v, str key)
{
    dom::element e;
    dom::object map;
    json found = {};

    if (!element_of(v, &e) || e.get_object().get(map))
        return found;
    for (auto field : map)
        if (str_equal(str_from_view(field.key), key))
            found = json_of(field.value);
    return found;
}

str json_str(json v)
{
    dom::element e;
    std::string_view s;

    if (!element_of(v, &e) || e.get_string().get(s))
        return str{};
    return str_from_view(s);
}

str json_get_str(json v, str key)
{
    return json_str(json_get(v, key));
}

bool json_true(json v)
{
    dom::element e;
    bool b = false;

    return element_of(v, &e) && !e.get_bool().get(b) && b;
}

// "1.0" and "2e3" are whole numbers, too; 2^63 is the first that does not fit.
bool json_i64(json v, int64_t *out)
{
    dom::element e;
    double d;

    if (!element_of(v, &e))
        return false;
    if (!e.get_int64().get(*out))
        return true;
    if (e.get_double().get(d) || d != std::trunc(d) || d < -0x1p63 || d >= 0x1p63)
        return false;
    *out = static_cast<int64_t>(d);
    return true;
}

double json_number(json v)
{
    dom::element e;
    double d = 0;

    if (!element_of(v, &e) || e.get_double().get(d))
        return 0;
    return d;
}

struct json_each json_each(json v)
{
    struct json_each each = {};
    dom::element e;
    dom::array list;
    dom::object map;

    if (!element_of(v, &e))
        return each;
    if (!e.get_array().get(list)) {
        keep(list.begin(), list.end(), &each);
    } else if (!e.get_object().get(map)) {
        keep(map.begin(), map.end(), &each);
        each.map = true;
    }
    return each;
}

bool json_next(struct json_each *e, str *key, json *value)
{
    if (!e->doc || e->at == e->end)
        return false;
    if (e->map) {
        auto it = iterator_of<dom::object::iterator>(e);

        if (key)
            *key = str_from_view(it.key());
        *value = json_of(it.value());
        ++it;
        keep_at(it, e);
    } else {
        auto it = iterator_of<dom::array::iterator>(e);

        if (key)
            *key = str{};
        *value = json_of(*it);
        ++it;
        keep_at(it, e);
    }
    return true;
}

size_t json_len(json v)
{
    size_t n = 0;
    json value;

    for (struct json_each e = json_each(v); json_next(&e, nullptr, &value);)
        n++;
    return n;
}
