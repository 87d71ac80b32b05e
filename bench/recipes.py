"""The images `make bench` scans, as data. A change here makes them anew.

A step is a shell command; it runs in the image (with apt, and apt's lists and
archives lent for the time) or, behind "host", in the folder of the image's
root on the machine that builds."""

APT = "apt-get install -qq -y --no-install-recommends "
NPM = "npm --prefix app --ignore-scripts --no-audit --no-fund --silent "

# A plain Debian without the files nobody reads, as the common base images are.
BASE = {
    "suite": "bookworm",
    "include": "ca-certificates",
    "exclude": ["/usr/share/man/*", "/usr/share/locale/*", "/usr/share/info/*"],
    # as in the common base images: nothing is started, no fsync, apt leaves no index of its lists behind
    "hooks": [
        "printf '#!/bin/sh\\nexit 101\\n' >$1/usr/sbin/policy-rc.d && chmod +x $1/usr/sbin/policy-rc.d",
        "echo force-unsafe-io >$1/etc/dpkg/dpkg.cfg.d/bench",
        "echo 'Dir::Cache { pkgcache \"\"; srcpkgcache \"\"; };' >$1/etc/apt/apt.conf.d/bench && rm -f $1/var/cache/apt/*.bin",
        ": >$1/etc/resolv.conf",
        "mkdir -p $1/usr/share/man/man1 $1/usr/share/man/man7",  # Java and PostgreSQL put links there
    ],
}

# What the node application asks for; some four hundred packages come with it.
NODE = {
    "express": "4.18.2", "koa": "2.14.2", "fastify": "4.24.3", "webpack": "5.89.0", "webpack-cli": "5.1.4",
    "babel-loader": "9.1.3", "@babel/core": "7.23.3", "@babel/preset-env": "7.23.3", "eslint": "8.54.0",
    "jest": "29.7.0", "mocha": "10.2.0", "typescript": "5.3.2", "react": "18.2.0", "react-dom": "18.2.0",
    "lodash": "4.17.20", "moment": "2.29.1", "axios": "0.21.1", "request": "2.88.2", "minimist": "1.2.5",
    "socket.io": "4.7.2", "mongoose": "8.0.1", "sequelize": "6.35.1", "pg": "8.11.3", "redis": "4.6.11",
    "winston": "3.11.0", "commander": "11.1.0", "handlebars": "4.7.6", "node-forge": "0.10.0",
    "rxjs": "7.8.1", "tar": "6.1.0", "ws": "7.4.5",
}

# The layers above the base.
IMAGES = {
    "small": [],
    "middle": [
        # as they were when the release came out; a later layer brings them up to date
        [APT + "--allow-downgrades openssl/bookworm libssl3/bookworm curl/bookworm libcurl4/bookworm git/bookworm"
         " git-man/bookworm vim mercurial"],
        # most of the image: compilers, node, Java
        [APT + "build-essential clang nodejs npm openjdk-17-jre-headless"],
        ["mkdir -p /app/cache && for i in $(seq 500); do echo $i >/app/cache/$i; done",
         ("host", NPM + "install")],
        ["apt-get purge -qq -y --auto-remove vim mercurial",
         "apt-get upgrade -qq -y"],
        # a folder replaced (opaque), files and folders of the application gone (whiteouts)
        ["rm -rf /app/cache && mkdir /app/cache && echo new >/app/cache/new",
         "rm -rf /app/node_modules/*/test /app/node_modules/*/README.md",
         ("host", NPM + "uninstall moment node-forge && " + NPM + "install lodash@4.17.21 minimist@1.2.8")],
    ],
    # programs and libraries of languages that no package tells of
    "opt": [
        [APT + "maven ant libspring-web-java libtomcat9-java libjackson2-databind-java libhibernate-validator-java liblog4j2-java rails jekyll rubocop ruby-sinatra ruby-devise ruby-carrierwave ruby-grape ruby-fog-aws ruby-httparty ruby-sidekiq ruby-octokit ruby-will-paginate ruby-rspec-rails capistrano puma unicorn thin ruby-pg ruby-mysql2 ruby-haml-rails ruby-sequel ruby-slim ruby-kaminari ruby-paper-trail ruby-state-machines docker.io"
         " python3-django python3-flask python3-sphinx python3-requests python3-cryptography python3-pip python3-aiohttp python3-sqlalchemy python3-notebook golang-go",
         "mkdir -p /opt/java /opt/ruby /opt/go && cp -L /usr/share/java/*.jar /opt/java && cp -rL /usr/share/rubygems-integration/* /opt/ruby"
         " && cp -r /usr/lib/python3/dist-packages /opt/python && cp /usr/bin/docker* /usr/sbin/runc /usr/bin/containerd* /usr/lib/go-*/bin/* /opt/go",
         "apt-get purge -qq -y --auto-remove maven ant ruby rails jekyll rubocop capistrano puma unicorn thin docker.io golang-go 'lib*-java' 'python3-*'"],
    ],
    "large": [
        [APT + "build-essential clang cmake"],
        [APT + "openjdk-17-jdk-headless maven ant"],
        [APT + "python3-scipy python3-django python3-pip python3-requests python3-cryptography"],
        [APT + "ruby-full rails jekyll"],
        [APT + "php-cli composer phpunit php-symfony postgresql-15 nginx redis"],
        [APT + "golang"],
        ["apt-get purge -qq -y --auto-remove jekyll phpunit redis", APT + "strace gdb"],
    ],
}

# A base with one more layer: (entries in it, bytes of each).
EXTRA = {"many-files": (3_000_000, 0), "one-file": (1, 8 << 30)}
