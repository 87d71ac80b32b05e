/* Runs fuzz targets over inputs without a fuzzer: replay NAME FILE...
 * Without arguments it names the targets. A broken one ends the process. */
#include "fuzz.h"

struct fuzz_target *fuzz_targets;

enum { INPUT_MAX = 64 << 20 };

/* At its exact length, so that the sanitizers see what reads past the end. */
static void replay(const struct fuzz_target *t, const char *path)
{
    own(arena) a = {0};
    struct err err = {0};
    struct str bytes;
    char *exact;

    if (str_load(&a, path, INPUT_MAX, &bytes, &err) < 0) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    exact = malloc(bytes.n ? bytes.n : 1);
    must(exact);
    memcpy(exact, bytes.p, bytes.n);
    t->run((struct str){exact, bytes.n}, &a);
    free(exact);
}

int main(int argc, char **argv)
{
    const struct fuzz_target *t = fuzz_targets;

    if (argc < 2) {
        for (; t; t = t->next)
            puts(t->name);
        return 0;
    }
    while (t && strcmp(t->name, argv[1]) != 0)
        t = t->next;
    if (!t) {
        fprintf(stderr, "no target %s\n", argv[1]);
        return 1;
    }
    for (int i = 2; i < argc; i++)
        replay(t, argv[i]);
    return 0;
}
