/* Whatever goes in, each line that comes out is JSON. */
#include "fuzz.h"
#include "io/json.h"
#include "io/yaml.h"

/* libfyaml 0.7.12 leaks what it has of a long quoted scalar when its end is
 * missing: as much as the scalar, once a text. */
#ifndef FUZZ_NAME
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}
#endif

FUZZ(1024)
{
    own_json doc = json_doc_new();
    own(buf) out = {0};
    struct err err = {0};
    struct str rest, line;
    struct json root;
    int r = yaml_to_json(in, &out, &err);

    must_tell(r, err);
    rest = buf_view(&out);
    while (str_line(&rest, &line))
        must(json_parse(doc, line, &root, &err) == 0);
}
