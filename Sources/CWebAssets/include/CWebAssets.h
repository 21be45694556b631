#ifndef CWEBASSETS_H
#define CWEBASSETS_H

#include <stddef.h>

// One file of the web page.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t length;
} web_asset;

// The files of assets/, in the order of the list in assets.c. They live as long as the program.
const web_asset *web_assets(void);
size_t web_asset_count(void);

#endif
