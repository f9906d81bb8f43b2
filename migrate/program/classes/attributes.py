"""``base.name`` for everything that ``base`` can be: modules, library objects, instances and classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Attribute
from migrate.program.classes import (
    attached,
    classes,
    constructing,
    dumping,
    instances,
    members,
    settings_classes,
    stores,
)
from migrate.program.collections import shared_state
from migrate.program.linking import importing, imports
from migrate.program.names import names, narrowing
from migrate.program.outside import command_contexts, commandline, declarations
from migrate.program.solving.combining import NOTHING, only, union, unknown
from migrate.program.solving.values import (
    Built,
    CommandLine,
    Definition,
    Environment,
    External,
    FileOption,
    Instance,
    Items,
    LiteralOption,
    Located,
    Made,
    Member,
    ModuleOption,
    Option,
    Series,
    TextMethod,
    Texts,
    Value,
)
from migrate.program.texts import file_paths

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def of_expression(evaluator: Evaluator, at: Located, node: Attribute) -> Value:
    """Everything that ``base.name`` can be where it stands."""
    return narrowing.of_attribute(evaluator, at, attribute(evaluator, at.other(node.base), node.name))


def attribute(evaluator: Evaluator, base: Located, name: str) -> Value:
    """Everything that attribute ``name`` of the expression ``base`` can be."""
    value = evaluator.evaluate(base)
    found = [of_option(evaluator, option, base, name) for option in value.options]
    found.append(value.doubt())
    found += stores.assigned_alike(evaluator, base, name)
    return union(found) if found else NOTHING


def of_option(evaluator: Evaluator, option: Option, base: Located, name: str) -> Value:
    """Attribute ``name`` of one thing that ``base`` can be."""
    if isinstance(option, External):
        shared = shared_state.member(evaluator, option.symbol, name)
        shared = shared or attached.member(evaluator, option, name)
        return shared or only(External(evaluator.library.canonical(f"{option.symbol}.{name}")))
    if isinstance(option, Made):
        flag = declarations.of_made(evaluator, option) if name == "value" else None
        shared = flag or command_contexts.member(evaluator, option, name)
        shared = shared or attached.member(evaluator, option, name)
        return shared or only(option if evaluator.library.transparent(name) else Member(option, name))
    if isinstance(option, Member):
        return attached.member(evaluator, option, name) or only(_deeper(evaluator, option, name))
    if isinstance(option, ModuleOption):
        return _of_module(evaluator, option, name)
    if isinstance(option, Instance):
        return _of_instance(evaluator, option, base, name)
    if isinstance(option, Definition):
        return _of_definition(evaluator, option, name)
    if isinstance(option, Items) and not hasattr(dict, name) and name != "_replace":
        return _of_mapping(evaluator, option, name)
    if isinstance(option, (LiteralOption, Items, Series, Texts, Built)):
        return members.attribute(evaluator, option, name) or _of_builtin(option, base, name)
    return _of_configuration(evaluator, option, base, name)


def _of_configuration(evaluator: Evaluator, option: Option, base: Located, name: str) -> Value:
    """``name`` of what comes from outside: a command line, a variable, a file."""
    if isinstance(option, CommandLine):
        if name in ("get", "pop"):
            return only(TextMethod(base, name))  # of vars(args)
        return commandline.attribute(evaluator, option, name)
    if isinstance(option, Environment) and option.delimiter:
        return settings_classes.member(option, name)
    if isinstance(option, FileOption):
        return file_paths.attribute(option, base, name)
    return unknown(f"attribute {name} is not followed")


def _deeper(evaluator: Evaluator, member: Member, name: str) -> Member:
    if evaluator.library.transparent(name):
        return member
    return Member(member.owner, f"{member.path}.{name}")


def _of_mapping(evaluator: Evaluator, option: Items, name: str) -> Value:
    """``mapping.key``: a mapping whose keys are attributes, of one of the libraries that make such."""
    found = evaluator.lookup(only(option), name)
    if found.options or found.unknown:
        return found
    if name == "value":
        return only(option)  # of a member of an enumeration
    return unknown(f"the mapping has no visible {name}")


def _of_builtin(option: LiteralOption | Items | Series | Texts | Built, base: Located, name: str) -> Value:
    if isinstance(option, LiteralOption):
        if name == "value" and any(one.role == "enum-member" for one in option.origins):
            return only(option)
        if any(one.role == "enum-member" for one in option.origins) and not hasattr(option.value, name):
            return unknown(f"attribute {name} of a member of an enumeration is not followed")
        if not hasattr(option.value, name):
            return NOTHING  # it is an error, or a branch for something else
    elif name == "value":
        return only(option)  # of a member of an enumeration: a plain list or dict has no such attribute
    return only(TextMethod(base, name))


def _of_module(evaluator: Evaluator, module: ModuleOption, name: str) -> Value:
    """``module.name``, read when it is needed: where all that is visible is None, it is there to be set."""
    if module.path is None:
        return imports.of_folder(evaluator, module.name, name)
    member = names.module_member(evaluator, module.path, name)
    stored = importing.assigned(evaluator, module.path, name)
    if any(one.options for one in stored):
        return union([*stored, *([member] if member else [])])
    if member is None:
        return unknown(f"{module.path} does not define {name}")
    if member.options and all(isinstance(one, LiteralOption) and one.value is None for one in member.options):
        return union([member, unknown(f"nothing visible sets {name} of {module.path} to more than None")])
    return member


def _of_instance(evaluator: Evaluator, instance: Instance, base: Located, name: str) -> Value:
    found = instances.attribute_of_instance(evaluator, instance, name)
    if (name in constructing.CHANGING or name in dumping.METHODS) and not found.options:
        return only(TextMethod(base, name))
    return found


def _of_definition(evaluator: Evaluator, option: Definition, name: str) -> Value:
    if evaluator.program.scope(option.path, option.scope).kind != "class":
        return unknown(f"attribute {name} of a function is not followed")
    found = instances.attribute_of_class(evaluator, option, name)
    if found:
        return instances.bound_to_class(evaluator, option, union(found))
    if name in constructing.FROM_DATA:
        return only(option)
    if name == "__new__":
        return only(External("builtins.object.__new__"))
    for base in classes.external_bases(evaluator, option):
        return only(External(evaluator.library.canonical(f"{base}.{name}")))
    return unknown(f"{evaluator.program.scope(option.path, option.scope).name} has no visible {name}")
