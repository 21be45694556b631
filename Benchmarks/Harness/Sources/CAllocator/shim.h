// The settings of glibc's heap, which its Swift module leaves out.
#pragma once

#include <malloc.h>
