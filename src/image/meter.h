#ifndef IMAGE_METER_H
#define IMAGE_METER_H

struct sandbox_place;
struct stream;

/* Passes `from` on and tells the place how far the reading has come. A place that is
 * NULL is told nothing. */
struct stream *stream_metered(struct stream *from, struct sandbox_place *place);

#endif
