/* Command lines: words apart by line ends, the first byte says for which command. */
#include "cli/cli.h"

#include "fuzz.h"

enum { WORDS_MAX = 32 };

FUZZ(256)
{
    struct call call = {.a = a};
    char *argv[WORDS_MAX + 1] = {0};
    unsigned which = fuzz_byte(&in);
    size_t commands_len = 0;
    struct str word;
    int argc = 0;

    while (commands[commands_len])
        commands_len++;
    while (argc < WORDS_MAX && str_line(&in, &word))
        argv[argc++] = arena_strdup(a, str_copy(a, word).p);
    if (!cli_parse(commands[which % commands_len], argc, argv, &call))
        return;
    for (int id = 0; id < OPTION_COUNT; id++)
        must(cli_given(&call, (enum option_id)id) == (call.given[id].len > 0));
    must(call.args.len <= (size_t)argc);
}
