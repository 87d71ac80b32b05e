/* Packages installed by rpm: Red Hat and its kin, SUSE, Amazon, Photon, Azure.
 * Three containers have held the headers over the years, and each may be in one
 * of three folders:
 *
 *     Packages         Berkeley DB hash: RHEL and CentOS up to 8, Amazon 2, SLES 12
 *     Packages.db      NDB: SLES 15, openSUSE
 *     rpmdb.sqlite     SQLite: RHEL 9, Fedora 33, Amazon 2023
 *
 *     var/lib/rpm              where rpm began
 *     usr/lib/sysimage/rpm     SUSE, newer Fedora
 *     usr/share/rpm            systems delivered by ostree
 *
 * The other files beside Packages are indexes made from it. rpm -qa is the
 * reference. */
#include "pkg/rpm.h"

#include "base/err.h"
#include "base/own.h"
#include "pkg/capability.h"

#include <inttypes.h>

static const struct want wants[] = {
    {WANT_PATH, "var/lib/rpm/Packages", NULL},
    {WANT_PATH, "var/lib/rpm/Packages.db", NULL},
    {WANT_PATH, "var/lib/rpm/rpmdb.sqlite", "-wal"},
    {WANT_PATH, "usr/lib/sysimage/rpm/Packages", NULL},
    {WANT_PATH, "usr/lib/sysimage/rpm/Packages.db", NULL},
    {WANT_PATH, "usr/lib/sysimage/rpm/rpmdb.sqlite", "-wal"},
    {WANT_PATH, "usr/share/rpm/Packages", NULL},
    {WANT_PATH, "usr/share/rpm/Packages.db", NULL},
    {WANT_PATH, "usr/share/rpm/rpmdb.sqlite", "-wal"},
    {0},
};

enum {
    BROKEN_MAX = 100,
    FILES_RATIO = 16,      /* a list of files against its header; 2 is usual */
    FILES_MAX = 512 << 20, /* all lists together */
};

int rpm_broken(struct rpm_db *db, uint64_t number, const struct err *what, struct err *err)
{
    if (what->code == ERR_LIMIT) {
        *err = *what;
        return err->code;
    }
    if (++db->broken > BROKEN_MAX)
        return err_set(err, ERR_FORMAT,
                       "more than %d broken headers: the rest was not read", BROKEN_MAX);
    if (number)
        read_note(db->in, 0, "header %" PRIu64 ": %s", number, what->text);
    else
        read_note(db->in, 0, "%s", what->text);
    return 0;
}

int rpm_spend(struct rpm_db *db, size_t n, struct err *err)
{
    if (n > db->headers_left)
        return err_set(err, ERR_LIMIT, "its headers take more than the whole database");
    db->headers_left -= n;
    return 0;
}

static int read_database(struct rpm_db *db, struct err *err)
{
    if (str_ends(db->in->path, S(".sqlite")))
        return rpm_sqlite(db, err);
    if (str_ends(db->in->path, S(".db")))
        return rpm_ndb(db, err);
    return rpm_bdb(db, err);
}

static int rpm_read(struct read *in, struct err *err)
{
    own(arena) words = {0};
    size_t size = in->bytes.n + in->beside.n;
    struct rpm_db db = {
        .in = in,
        .words = &words,
        .headers_left = size,
        .files_left = size < FILES_MAX / FILES_RATIO ? size * FILES_RATIO : FILES_MAX,
    };
    int r = read_database(&db, err);

    capabilities_settle(in, S("rpm"));
    return r;
}

const struct reader pkg_rpm = {
    .name = "rpm",
    .title = "packages installed by rpm",
    .checked = "rpm -qa",
    .version = 3,
    .database = true,
    .wants = wants,
    .read = rpm_read,
};
