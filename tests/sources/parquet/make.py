#!/usr/bin/env python3
"""Makes the Parquet files of this folder: python3 make.py (pyarrow 26.0.1). Row i of each holds what rows() says."""
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent


def rows(n):
    html = [None if i % 7 == 3 else f'<p>page {i}</p>' + f'<p>shared words {i % 3}</p>' * (i % 5) for i in range(n)]
    text = [f'flat {i}' if i % 7 == 3 else None for i in range(n)]
    url = [f'https://example.org/{i // 10}/{i}' for i in range(n)]
    return html, text, url


def write(name, n=40, kind=pa.string(), nested=False, **options):
    html, text, url = rows(n)
    columns = {'number': pa.array(range(n), pa.int64()), 'html': pa.array(html, kind), 'text': pa.array(text, kind)}
    if nested:
        columns['page'] = pa.array([None if h is None else {'html': h, 'size': len(h)} for h in columns.pop('html').to_pylist()],
                                   pa.struct([('html', kind), ('size', pa.int32())]))
    columns['tags'] = pa.array([['a', 'b'][: i % 3] for i in range(n)], pa.list_(pa.string()))
    columns['url'] = pa.array(url, kind)
    options = {'compression': 'none', 'row_group_size': 16, 'write_page_checksum': True, 'write_statistics': False,
               'store_schema': False} | options
    pq.write_table(pa.table(columns), HERE / name, **options)


for codec in ('none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4'):
    write(f'{codec}.parquet', compression=codec)
write('v2.parquet', data_page_version='2.0', compression='zstd')
write('plain.parquet', use_dictionary=False)
write('delta_length.parquet', use_dictionary=False, column_encoding=dict.fromkeys(('html', 'url'), 'DELTA_LENGTH_BYTE_ARRAY'))
write('delta.parquet', use_dictionary=False, data_page_version='2.0', column_encoding=dict.fromkeys(('html', 'url'), 'DELTA_BYTE_ARRAY'))
write('pages.parquet', n=400, data_page_size=256, write_batch_size=8, use_dictionary=False, row_group_size=200, write_statistics=True)
write('large.parquet', kind=pa.large_string(), dictionary_pagesize_limit=200, write_batch_size=4)  # falls back amid a chunk
write('nested.parquet', nested=True)
write('empty.parquet', n=0)
write('small.parquet', n=12, row_group_size=4, use_dictionary=['url'], compression='zstd')
