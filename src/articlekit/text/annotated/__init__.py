"""Annotated GBK: recognising injected pinyin and undoing it on the bytes."""
