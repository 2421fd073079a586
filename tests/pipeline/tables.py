#!/usr/bin/env python3
"""Others read the tables that offprint writes, and offprint those of others: tables.py OFFPRINT FOLDER_OF_PAGES

Needs requirements.txt; ends with status 77 (skipped) where that is not there.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import duckdb
    import pyarrow as pa
    import pyarrow.ipc
    import pyarrow.parquet as pq
    import xxhash
except ImportError as missing:
    print(missing)
    sys.exit(77)


def offprint(*arguments):
    done = subprocess.run([sys.argv[1], *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def same(document, row):
    for name, value in document.items():
        if name == 'blocks':
            assert len(value) == len(row['blocks'])
            for block, theirs in zip(value, row['blocks']):
                assert block['span'] == [theirs.pop('span_begin'), theirs.pop('span_end')]
                assert abs(block['confidence'] - theirs.pop('confidence')) < 0.001
                assert {m: known for m, known in block.items() if m not in ('span', 'confidence')} == {
                    m: known for m, known in theirs.items() if known}
        elif name == 'support':
            for part in ('asks', 'frequencies', 'methods'):
                assert row['support'][part] == value.get(part, []), part
            assert [a['amount'] for a in row['support']['amounts']] == [a['amount'] for a in value.get('amounts', [])]
            assert row['support']['url'] == value.get('url')
        elif name == 'product':
            assert {k: v for k, v in row['product'].items() if v not in (None, [])} == value
        elif name == 'simhash':
            assert row['simhash'] % 2**64 == int(value, 16)
        else:
            assert row[name] == value, (name, row[name], value)
    for name in ('title', 'url', 'date', 'support', 'product', 'seed'):
        assert name in document or row[name] is None, name


def main():
    pages = sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        options = (pages, '--hashes', '--provenance')
        documents = offprint(*options, '-f', 'json')
        assert len(documents) > 2 and any('product' in d for d in documents)
        for name in ('out.parquet', 'out.arrow', 'out.arrows'):
            offprint(*options, '-o', folder / name)
        tables = {
            'parquet': pq.read_table(folder / 'out.parquet', page_checksum_verification=True),
            'arrow': pa.ipc.open_file(pa.memory_map(str(folder / 'out.arrow'))).read_all(),
            'arrows': pa.ipc.open_stream(folder.joinpath('out.arrows').read_bytes()).read_all(),
        }
        for name, table in tables.items():
            table.validate(full=True)
            assert table.num_rows == len(documents), name
            for document, row in zip(documents, table.to_pylist()):
                same(document, row)
        for document in documents:
            assert xxhash.xxh3_128_hexdigest(document['text'].encode()) == document['text_hash']
        found = duckdb.sql(f"select source, text, len(blocks) from '{folder}/out.parquet'").fetchall()
        assert [f[:2] for f in found] == [(d['source'], d['text']) for d in documents]

        # And back: Parquet of others, in their own choice of encodings.
        html = [f'<title>Page {i}</title><article><h1>Page {i}</h1>' + f'<p>Sentence {i} of some length, said again. ' * 20
                for i in range(500)]
        source = pa.table({'url': [f'https://example.org/{i}' for i in range(500)], 'html': html})
        expected = None
        for codec in ('none', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4'):
            for version in ('1.0', '2.0'):
                pq.write_table(source, folder / 'in.parquet', compression=codec, data_page_version=version, row_group_size=120)
                got = offprint(folder / 'in.parquet', '--no-blocks')
                assert [d['source'] for d in got] == source['url'].to_pylist()
                expected = expected or got
                assert got == expected, codec
        duckdb.sql(f"copy source to '{folder}/in.parquet' (format parquet, parquet_version v2)")
        assert offprint(folder / 'in.parquet', '--no-blocks') == expected
    print(f'{len(documents)} documents, {len(tables)} tables')


main()
