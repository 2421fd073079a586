#!/usr/bin/env python3
"""with_spark.py OUT WARC...: a crawl to Parquet with Spark, a task a file."""
import sys

from pyspark.sql import SparkSession

from offprint.engines.spark import extract, read_documents

if __name__ == "__main__":
    out, *warcs = sys.argv[1:]
    spark = SparkSession.builder.master("local[2]").appName("offprint").getOrCreate()
    # Archives straight to documents ...
    documents = read_documents(spark, warcs, favor="precision")
    documents.where("status = 'ok' and page_type = 'article'").write.parquet(f"{out}/articles")
    # ... or pages that stand in a column of any DataFrame, with columns that go along.
    pages = spark.createDataFrame([(1, bytearray(b"<article><h1>Tides</h1><p>High water at seven.</p></article>"))], "id int, html binary")
    extract(pages, keep=["id"]).write.parquet(f"{out}/pages")
    spark.stop()
