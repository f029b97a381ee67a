"""The fields by which other rooms' forms take files."""

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from associations.evidence.forms import MOST_FILES, EvidenceField, EvidenceFilesField
from associations.evidence.states import ENDINGS, FileKind
from tests.associations.evidence import samples as made


class Form(forms.Form):
    one = EvidenceField(required=False)
    many = EvidenceFilesField(required=False)


class Strict(forms.Form):
    many = EvidenceFilesField()


def filled(form: type[forms.Form], **files: list[bytes]) -> forms.Form:
    uploads = {name: [SimpleUploadedFile("凭证", each) for each in given] for name, given in files.items()}
    return form(QueryDict(), MultiValueDict(uploads))


def test_what_is_chosen_is_looked_into():
    form = filled(Form, one=[made.png()], many=[made.jpeg(), made.pdf()])
    assert form.is_valid(), form.errors
    assert form.cleaned_data["one"].kind == FileKind.PNG
    assert [each.kind for each in form.cleaned_data["many"]] == [FileKind.JPEG, FileKind.PDF]


def test_nothing_need_be_chosen_where_nothing_is_required():
    form = filled(Form)
    assert form.is_valid()
    assert form.cleaned_data == {"one": None, "many": []}
    assert not filled(Strict).is_valid()


def test_one_bad_file_among_good_ones_is_told():
    form = filled(Form, many=[made.png(), b"MZ" + bytes(99)])
    assert not form.is_valid()
    assert form.errors.as_data()["many"][0].code == "program"


def test_the_number_of_files_is_bounded():
    assert filled(Form, many=[made.png()] * MOST_FILES).is_valid()
    assert not filled(Form, many=[made.png()] * (MOST_FILES + 1)).is_valid()


def test_the_page_offers_every_kind():
    offered = {each.removeprefix(".") for each in EvidenceField().widget.attrs["accept"].split(",")}
    assert {*FileKind.values} <= offered
    assert offered <= {*FileKind.values} | {ending for each in ENDINGS.values() for ending in each}
    assert "multiple" in str(Form()["many"])
