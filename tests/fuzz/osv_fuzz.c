/* Records in the form of OSV. */
#include "feed.h"

FUZZ(4096)
{
    feed_run(&feed_osv, in, a);
}
