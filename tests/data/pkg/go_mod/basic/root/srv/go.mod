module example.org/shop

go 1.21

toolchain go1.21.3

require (
	github.com/gorilla/mux v1.8.0
	"golang.org/x/net" v0.17.0 // indirect
	example.org/lib v1.0.0 // indirect; of the project itself
	example.org/fork v1.2.0
)

require github.com/pkg/errors v0.9.1 // why it is there

exclude github.com/gorilla/mux v1.7.0

replace (
	golang.org/x/net => golang.org/x/net v0.18.0
	example.org/lib v1.0.0 => ../lib
	example.org/fork v1.1.0 => example.org/other v9.0.0
)

replace what is this

retract v1.0.0
