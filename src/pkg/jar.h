#ifndef PKG_JAR_H
#define PKG_JAR_H

#include "base/arena.h"
#include "base/str.h"

/* The pieces jar.c is made of. */

/* What the main section of META-INF/MANIFEST.MF says; empty where it does not. */
struct jar_manifest {
    struct str vendor_id; /* Implementation-Vendor-Id: "org.apache" */
    struct str version;   /* Implementation-Version, else Bundle-Version, else
                           * Specification-Version */
    struct str bundle;    /* Bundle-SymbolicName, without what follows ";" */
    struct str module;    /* Automatic-Module-Name */
    struct str licence;   /* Bundle-License */
};

/* Continued lines are joined, in a. */
struct jar_manifest jar_manifest_read(struct arena *a, struct str text);

/* groupId, artifactId and version of a pom.properties. False when one is missing. */
struct jar_coordinates {
    struct str group, artifact, version;
};
bool jar_properties_read(struct str text, struct jar_coordinates *out);

/* "log4j-1.2-api-2.17.1.jar": log4j-1.2-api, 2.17.1. The version is empty when the name
 * has none; either way without folder and ending. */
void jar_name(struct str path, struct str *stem, struct str *version);

/* Whether it is an artifact of src/pkg/jar_groups.def. */
bool jar_is_known(struct str artifact);

/* The group of a jar that has no pom.properties: the one known of a well-known artifact,
 * then from what the manifest is called, else the artifact itself, as old projects have it
 * ("commons-io:commons-io"). */
struct str jar_manifest_group(const struct jar_manifest *m, struct str artifact);

#endif
