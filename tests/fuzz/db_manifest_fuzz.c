/* The manifest of a database: what can be read is written to what reads the same. */
#include "advisory/manifest.h"

#include "fuzz.h"

FUZZ(2048)
{
    own(buf) once = {0};
    own(buf) twice = {0};
    struct manifest m, again;
    struct err err = {0};
    int r = manifest_read(a, in, &m, &err);

    must_tell(r, err);
    if (r < 0)
        return;
    manifest_write(&m, &once);
    must(manifest_read(a, buf_view(&once), &again, &err) == 0);
    manifest_write(&again, &twice);
    must(str_equal(buf_view(&once), buf_view(&twice)));
}
