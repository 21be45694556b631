// What libFuzzer and a fuzz target know of each other (https://llvm.org/docs/LibFuzzer.html).
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Defined by the fuzz target: called with one input after the other.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t count);

/// Defined by libFuzzer: its `main`, for programs that have a `main` of their own.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t count));
