"""Checks OpenAPI documents: NAME.json by the rules of OpenAPI 3.1 and its examples by its own schemas, and each line of
NAME.jsonl, {"schema", "value", "isTaken"}, by whether the schema takes the value. Prints what is wrong."""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


def problems(path):
    document = json.loads(path.read_text())
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        yield f"{list(error.absolute_path)}: {error.message}"
    registry = Registry().with_resource("urn:document", Resource.from_contents(document, DRAFT202012))

    def faults(pointer, value):
        schema = {"$ref": f"urn:document#{pointer}"}
        return [error.message for error in Draft202012Validator(schema, registry=registry).iter_errors(value)]

    pointer = "/paths/~1workflows~1runs/post/requestBody/content/application~1json"
    body = document["paths"]["/workflows/runs"]["post"]["requestBody"]["content"]["application/json"]
    for name, example in body.get("examples", {}).items():
        for fault in faults(pointer + "/schema", example["value"]):
            yield f"example {name}: {fault}"
    vectors = path.with_suffix(".jsonl")
    for line in vectors.read_text().splitlines() if vectors.exists() else []:
        vector = json.loads(line)
        found = faults(vector["schema"], vector["value"])
        if bool(found) == vector["isTaken"]:
            yield f"{'refused' if found else 'taken'}: {line} {found}"


count = 0
for path in sorted(Path(sys.argv[1]).glob("*.json")):
    count += 1
    for problem in problems(path):
        print(f"{path.name}: {problem}")
print(f"{count} documents")
