/* Alpine's security database. */
#include "feed.h"

FUZZ(2048)
{
    feed_run(&feed_secdb, in, a);
}
