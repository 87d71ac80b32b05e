/* A layer of any bytes: there are always facts, they can be read, and they say so
 * when something was missed. */
#include "fuzz.h"
#include "image/facts.h"
#include "image/image.h"
#include "io/stream.h"
#include "pkg/pkg.h"
#include "small_budget.h"
#include "tar_mend.h"

FUZZ(8192)
{
    struct look look = {.readers = pkg_readers, .budget = &small_budget, .key = {1, 2}};
    own(buf) bytes = {0};
    struct view view = {0};
    struct err err = {0};
    struct facts f;
    struct str facts;
    int r =
        facts_of_layer(stream_bytes(in), &look, &(struct facts_sink){facts_to_buf, &bytes});

    facts = buf_view(&bytes);
    must(facts_unpack(a, facts, &f, &err) == 0);
    must(f.lasting == facts_lasting(facts) || !f.lasting);
    must(r == 0 || !facts_lasting(facts));
    image_view(a, pkg_readers, &facts, NULL, 1, &view);
    must(r == 0 || notes_unread(&view.notes));
}
