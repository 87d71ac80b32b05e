/* marker: whether environment markers of Python may hold. Reads lines
 *
 *     ENVIRONMENT<TAB>MARKER
 *
 * where the environment is words between commas, "linux", "extras" or a version of Python
 * ("linux,3.11"), and says "yes" or "no" to each. */
#include "pkg/pypi.h"

#include <stdio.h>
#include <stdlib.h>

static struct marker_env env_of(struct str words)
{
    struct marker_env env = {0};
    struct str word;

    while (words.n) {
        str_cut(words, ',', &word, &words);
        if (str_equal(word, S("linux")))
            env.on_linux = true;
        else if (str_equal(word, S("extras")))
            env.extras = true;
        else
            env.python = word;
    }
    return env;
}

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t n;

    while ((n = getline(&line, &room, stdin)) > 0) {
        struct str words, marker;
        struct marker_env env;

        str_cut((struct str){line, (size_t)n - 1}, '\t', &words, &marker);
        env = env_of(words);
        puts(marker_holds(marker, &env) ? "yes" : "no");
    }
    free(line);
    return 0;
}
