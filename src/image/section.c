#include "image/section.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/own.h"
#include "io/stream.h"

#include <fcntl.h>
#include <unistd.h>

int section_below(int folder, struct str name, struct section *out, struct err *err)
{
    own(arena) a = {0};
    int fd = openat(folder, str_copy(&a, name).p, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0)
        return err_sys(err, STR_FMT, STR_ARG(name));
    *out = (struct section){fd, 0, UINT64_MAX, true};
    return 0;
}

struct stream *section_stream(const struct section *s)
{
    return stream_file(s->fd, s->at, s->size);
}

struct stream *section_mapped(const struct section *s)
{
    return stream_mapped(s->fd, s->at, s->size);
}

void section_done(struct section *s)
{
    if (s->owned && s->fd >= 0)
        close(s->fd);
}
