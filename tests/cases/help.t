  $ lotse
  lotse finds what is dangerous in a container image, and says what to do about it.
  
  usage: lotse COMMAND [OPTIONS] [ARGUMENTS]
  
    image      find known vulnerabilities in a container image
    repo       find known vulnerabilities in what source code depends on
    db         build the advisory database, ask it, check it
    cache      what is kept of layers for later scans
    version    print the version
    help       explain a command
  
  First steps:
    lotse db build --feeds DIR        make the advisory database from feeds
    docker save -o app.tar app:1.2    an image as a file
    lotse image app.tar               what is wrong with it, and the fix
  
  exit codes: 0 clean, 1 findings, 2 failed or incomplete, 3 nothing could be judged
  lotse COMMAND --help says more.
  [2]
  $ lotse version
  lotse 0.1.0
  $ lotse help image
  find known vulnerabilities in a container image
  
  usage: lotse image [OPTIONS] SOURCE
  
    -o, --output FORMAT[=FILE]  report in this format, to this file; may be given
                                more than once
        --severity-threshold SEVERITY
                                list and count only findings of at least this
                                severity
        --fail-on SEVERITY      end with 1 only for findings of at least this
                                severity; "none": never, "fixed": only for those
                                with a fix
        --only-fixed            only findings for which there is a fix, in report
                                and gate
        --include-dev           also what only developing and testing need
        --strict                end with 2 when any part could not be judged
        --platform OS/ARCH      which platform of a multi-platform image (default:
                                this machine's)
        --db DIR                the advisory database (default: ~/.cache/lotse/db)
        --cache-dir DIR         where facts of layers are kept for later scans
                                (default: ~/.cache/lotse)
        --no-cache              read every layer, and keep nothing for later scans
        --no-color              no colours (also: NO_COLOR)
        --no-progress           say nothing about progress
        --nested-jars-depth N   archives of Java within one another that are read
                                (default: 5)
        --jar-hashes FILE       a sorted table "SHA1 GROUP:ARTIFACT:VERSION" for
                                archives of Java that do not say what they are
        --limit NAME=VALUE      set a limit of the readers, see lotse help limits;
                                may be given more than once
        --memory-limit SIZE     no process takes more than this (256M, 2G;
                                default: 1G)
        --stall-timeout SECONDS give a layer up when nothing has moved for so long
                                (default: 60)
        --require-sandbox       fail where the kernel cannot lock the parsers in
    -d, --debug                 tell on standard error how the scan goes
    -h, --help                  show this help
  
  Each option may be set in the environment: --fail-on as LOTSE_FAIL_ON.
  
  SOURCE is a file or directory, alone or behind the name of its kind:
    docker-archive:FILE[:TAG]   docker save, podman save
    oci-archive:FILE[:TAG]      an OCI layout in a tar, ctr image export
    oci-dir:DIR[:TAG]           an OCI layout in a directory
    dir:DIR                     an unpacked root file system
    tar:FILE                    a root file system in a tar, podman export
  Archives and layers may be packed with gzip, zstd, xz or bzip2.
  
    lotse image app.tar
    lotse image --severity-threshold high -o table -o json=app.json app.tar
    lotse image --platform linux/arm64 oci-archive:app.tar
  
  Exit codes: 0 clean, 1 findings at or over the gate (--fail-on), 2 failed, or
  something could not be read, 3 nothing could be judged.
