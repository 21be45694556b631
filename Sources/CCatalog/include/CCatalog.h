#ifndef CCATALOG_H
#define CCATALOG_H

#include <stddef.h>

// One embedded data file: a component shape or an API description.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t length;
} catalog_file;

// The files of shapes/ and apis/, in the order of the list in catalog.c.
const catalog_file *catalog_files(void);
size_t catalog_file_count(void);

#endif
