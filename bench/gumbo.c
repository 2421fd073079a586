// gumbo on the pages of a folder (decompressed): prints "gumbo_parse MB/s pages". Built by bench/run.sh where libgumbo-dev is.
#include <dirent.h>
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

int main(int argc, char** argv) {
  DIR* dir = argc > 1 ? opendir(argv[1]) : NULL;
  if (!dir) return 2;
  double bytes = 0, seconds = 0;
  int pages = 0;
  static char path[4096];
  char* page = malloc(64u << 20);
  for (struct dirent* e; (e = readdir(dir));) {
    if (e->d_name[0] == '.' || (++pages % 4) != 0) continue;
    snprintf(path, sizeof path, "%s/%s", argv[1], e->d_name);
    gzFile f = gzopen(path, "rb");
    int n = gzread(f, page, 64u << 20);
    gzclose(f);
    clock_t start = clock();
    GumboOutput* out = gumbo_parse_with_options(&kGumboDefaultOptions, page, (size_t)n);
    gumbo_destroy_output(&kGumboDefaultOptions, out);
    seconds += (double)(clock() - start) / CLOCKS_PER_SEC;
    bytes += n;
  }
  printf("gumbo_parse %.1f %d\n", bytes / 1e6 / seconds, pages / 4);
  free(page);
  return 0;
}
