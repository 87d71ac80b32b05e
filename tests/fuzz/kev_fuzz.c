/* CISA's catalogue of exploited vulnerabilities. */
#include "feed.h"

FUZZ(2048)
{
    feed_run(&feed_kev, in, a);
}
