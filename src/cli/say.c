/* What is said to people: names and titles in it come from images, feeds and command
 * lines, and show as what they are. */
#include "base/buf.h"
#include "base/err.h"
#include "base/own.h"
#include "cli/cli.h"
#include "io/file.h"
#include "io/text.h"

#include <stdio.h>
#include <unistd.h>

static void format(struct buf *out, const char *fmt, va_list ap)
{
    va_list again;
    int n;

    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, ap);
    if (n > 0) {
        buf_reserve(out, (size_t)n + 1);
        vsnprintf(out->at, (size_t)n + 1, fmt, again);
        out->len = (size_t)n;
    }
    va_end(again);
}

static void say(const char *fmt, va_list ap)
{
    own(buf) raw = {0}, text = {0};
    struct err err = {0};

    format(&raw, fmt, ap);
    buf_str(&text, S("lotse: "));
    text_put(&text, buf_view(&raw), 0);
    buf_char(&text, '\n');
    file_write_fd(STDERR_FILENO, buf_view(&text), "", &err);
}

void cli_warn(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say(fmt, ap);
    va_end(ap);
}

int cli_fail(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    say(fmt, ap);
    va_end(ap);
    return EXIT_FAILURE_;
}

size_t cli_print(const char *fmt, ...)
{
    own(buf) raw = {0}, text = {0};
    struct str rest, line;
    va_list ap;

    va_start(ap, fmt);
    format(&raw, fmt, ap);
    va_end(ap);
    for (rest = buf_view(&raw); str_cut(rest, '\n', &line, &rest);) {
        text_put(&text, line, 0);
        buf_char(&text, '\n');
    }
    text_put(&text, line, 0);
    fwrite(text.at, 1, text.len, stdout);
    return text.len;
}
