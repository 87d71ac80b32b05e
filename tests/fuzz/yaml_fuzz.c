/* Whatever goes in, each line that comes out is JSON. Seeds: tests/data/yaml. */
#include "base/err.h"
#include "base/own.h"
#include "io/json.h"
#include "io/yaml.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* libfyaml 0.7.12 leaks what it has of a long quoted scalar when its end is
 * missing: as much as the scalar, once a text. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfyaml";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    own_json doc = json_doc_new();
    own(buf) out = {0};
    struct err err = {0};
    struct str rest, line;
    struct json root;

    yaml_to_json((struct str){(const char *)data, n}, &out, &err);
    rest = buf_view(&out);
    while (str_line(&rest, &line))
        if (json_parse(doc, line, &root, &err) < 0)
            abort();
    return 0;
}
