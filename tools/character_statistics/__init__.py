"""What tools/build_character_model.py consists of: conversion, counts, estimates."""
