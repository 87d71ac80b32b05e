/* A reader of packages on one file, and what must hold of what it found. */
#ifndef TESTS_FUZZ_READER_H
#define TESTS_FUZZ_READER_H

#include "fuzz.h"
#include "model/files.h"
#include "pkg/pkg.h"

static inline void reader_files(struct str files)
{
    own(files_read) r = files_of(files);
    struct package_file f;

    while (files_next(&r, &f))
        ;
    must(!r.in.bad);
}

static inline void reader_found(const struct read *in)
{
    for (size_t i = 0; i < in->packages.len; i++) {
        const struct package *p = &in->packages.at[i];

        must(p->type.n && p->name.n && p->version.n);
        reader_files(p->files);
    }
    for (size_t i = 0; i < in->owned.len; i++)
        reader_files(in->owned.at[i].files);
    for (size_t i = 0; i < in->notes.len; i++)
        must(in->notes.at[i].what.n);
}

static inline void reader_run(const struct reader *reader, struct read *in)
{
    struct err err = {0};
    int r = reader->read(in, &err);

    must_tell(r, err);
    reader_found(in);
}

#endif
