"""Settings: TOML, the environment and flags in; frozen dataclasses out, with where each value came from."""

from articlekit.config.declare import Setting
from articlekit.config.load import Loaded, load_config
from articlekit.config.render import init, reference, show
from articlekit.config.settings import (
    CleanSettings,
    Config,
    DedupSettings,
    InputSettings,
    OutputSettings,
    RuleSettings,
    RunSettings,
    settings,
)

__all__ = [
    "CleanSettings",
    "Config",
    "DedupSettings",
    "InputSettings",
    "Loaded",
    "OutputSettings",
    "RuleSettings",
    "RunSettings",
    "Setting",
    "init",
    "load_config",
    "reference",
    "settings",
    "show",
]
