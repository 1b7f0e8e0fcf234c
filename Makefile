# The two things that are done by hand, and how: go test ./... needs no Makefile.
.PHONY: check release
check:
	bash .ci/run
release:
	bash .ci/release
