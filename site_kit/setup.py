"""The packages of the distribution: every folder here but tests, under the name of this one."""

from setuptools import find_packages, setup

NOT_SHIPPED = ["build", "build.*", "*.tests", "*.tests.*", "testing.project", "testing.project.*"]

setup(packages=["site_kit", *(f"site_kit.{name}" for name in find_packages(".", exclude=NOT_SHIPPED))])
