/* Whatever is in a feed, what its reader puts is fit for the database. Input is
 * JSON, or YAML. Seeds: tests/data/feed. */
#include "io/yaml.h"

#include "../unit/feed_said.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void say(struct json_doc *doc, struct str json)
{
    own(arena) a = {0};
    struct feed_said said = {0};
    struct err err = {0};
    struct json root;

    if (json_parse(doc, json, &root, &err) == 0)
        feed_say(root, &a, &said);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str text = {(const char *)data, n}, rest, line;
    own_json doc = json_doc_new();
    own(buf) json = {0};
    struct err err = {0};

    if (str_starts(text, S("{")) || str_starts(text, S("["))) {
        say(doc, text);
        return 0;
    }
    yaml_to_json(text, &json, &err);
    rest = buf_view(&json);
    while (str_line(&rest, &line))
        say(doc, line);
    return 0;
}
