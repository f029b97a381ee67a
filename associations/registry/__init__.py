"""The associations themselves 协会: their charter versions, officers and the table of who may do what.

Words: a *charter* 章程 version is what a sanction rests on; the *role table* says which role may use which
verb. Promise: a decision names the charter version in force on its day, and no version is ever changed.
"""
