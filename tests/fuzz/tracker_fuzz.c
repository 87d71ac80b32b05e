/* Debian's security tracker. */
#include "feed.h"

FUZZ(2048)
{
    feed_run(&feed_tracker, in, a);
}
