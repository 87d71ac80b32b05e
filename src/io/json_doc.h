#ifndef IO_JSON_DOC_H
#define IO_JSON_DOC_H

/* Between the C++ files of the JSON reader: what json_doc_new makes. */
#include <cstddef>
#include <cstdint>
#include <simdjson.h>

extern "C" {
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "io/json.h"
}

/* A struct json has the address of the dom::document that it belongs to, and leads to
 * all of this by it. */
struct json_doc : simdjson::dom::document {
    simdjson::dom::parser parser;
    uint32_t *lines = nullptr; /* of each place on the tape */
    size_t lines_len = 0, lines_cap = 0;

    ~json_doc()
    {
        mem_free(lines);
    }
};

#endif
