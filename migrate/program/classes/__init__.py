"""Classes and instances: attributes, constructors, fields, enumerations."""
