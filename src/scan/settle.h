#ifndef SCAN_SETTLE_H
#define SCAN_SETTLE_H

#include "image/image.h"
#include "model/package.h"

/* Several readers may see one package: the distribution's database and the files that
 * pip or npm left, a lock file and what was installed from it. Here it becomes one. */

/* Takes away language packages of which the file that tells of them belongs to a package
 * of the distribution, by its path, links followed. What was written over it later, in a
 * layer above, is its own again. */
void settle_owned(struct package_list *packages, const struct view *view);

/* Takes away what the view lists of files that belong to a package of the distribution. */
void settle_listed(struct view *view);

/* Takes away remarks (NOTE_INFO) about files that belong to a package of the distribution:
 * that package is what is judged, whatever its files say. */
void settle_notes(struct view *view);

/* Of the programs and archives that the view still lists those that belong to no package:
 * nor are they one themselves, nor in the folder of one of npm, PyPI or Nix. After
 * settle_owned, in the order of the view. */
void settle_unowned(struct arena *a, const struct package_list *packages,
                    const struct view *view, struct str_list *out);

/* Takes away programs that say the same as the package of a Nix store whose folder they are
 * in; it learns their name in CPE. Packages of languages in such folders stay: of them
 * advisories are known, and of those of Nix none. After settle_twice. */
void settle_stored(struct arena *a, struct package_list *packages);

/* Makes one of those that have realm, key, name and version in common. */
void settle_twice(struct arena *a, struct package_list *packages);

/* Joins what a lock file declares with what is installed below its folder: the installed
 * package learns from the lock file what brought it. What such a lock file declares and
 * nobody installed is not there. Of the rest, `dev` says whether what only developing and
 * testing need stays. */
void settle_declared(struct arena *a, struct package_list *packages, bool dev);

/* Gives packages the licence that another file than their database tells, whether by the
 * name of the package (opkg) or by that of its folder below usr/share/doc (Debian). */
void settle_licences(struct arena *a, struct package_list *packages,
                     const struct view *view);

#endif
