#ifndef MODEL_PURL_TYPE_H
#define MODEL_PURL_TYPE_H

#include "model/purl.h"

/* The pieces purl.c is made of; nobody else needs them. */

/* Does to the parts what their type asks for. New strings are in a. */
void purl_normalize(struct arena *a, struct purl *purl);

/* Runs of "-", "_" and "." as one "-": what PEP 503 does to a name in lower case. */
struct str purl_dashes(struct arena *a, struct str name);

/* ERR_FORMAT when a part is there that the type forbids, or is missing. */
int purl_check_type(const struct purl *purl, struct err *err);

#endif
