"""Forms as the visitor's browser gets them, from `templates/clinic/`."""

import pytest
from bs4 import BeautifulSoup
from crispy_forms.helper import FormHelper
from crispy_forms.layout import (
    HTML,
    Button,
    ButtonHolder,
    Column,
    Div,
    Field,
    Fieldset,
    Hidden,
    Layout,
    MultiField,
    Reset,
    Row,
    Submit,
)
from django import forms
from django.template import Context, Template
from django.utils.safestring import mark_safe
from hypothesis import example, given, settings
from hypothesis import strategies as st

from .sample_form import (
    GOOD,
    GROUPS,
    TIMES,
    VISIBLE,
    SampleForm,
    bound,
    controls,
    empty,
    parse,
    photo,
)

STATES = {
    "unbound": SampleForm,
    "with errors": empty,
    "valid": lambda: bound(photos=[photo()]),
}


@pytest.fixture(params=STATES)
def page(request):
    return parse(STATES[request.param]())


class TestInEveryState:
    def test_each_control_has_a_label_that_says_something(self, page):
        for control in controls(page):
            label = page.find("label", attrs={"for": control["id"]})
            assert label, control
            assert label.text.strip(), control

    def test_each_group_has_a_legend_before_anything_else(self, page):
        groups = page.select("fieldset.field__group")

        assert len(groups) == len(GROUPS)
        assert len(page.select("fieldset")) == len(GROUPS) + len(TIMES)
        for fieldset in page.select("fieldset"):
            assert fieldset.find(True).name == "legend"
            assert fieldset.legend.text.strip()

    def test_nothing_is_described_by_what_is_not_there(self, page):
        described = page.select("[aria-describedby], [aria-labelledby]")

        assert described
        for element in described:
            ids = element.get("aria-describedby", element.get("aria-labelledby"))
            assert ids.split()
            for id_ in ids.split():
                assert page.find(id=id_), id_

    def test_no_id_is_used_twice(self, page):
        ids = [element["id"] for element in page.select("[id]")]

        assert len(ids) == len(set(ids))
        assert all(ids)

    def test_what_may_be_left_out_says_so_in_words(self, page):
        texts = [" ".join(t.text.split()) for t in page.select(".field__label")]

        assert "Telephone (optional)" in texts
        assert "Your name" in texts
        assert page.find(id="div_id_news").label.text.split()[-1] == "(optional)"
        assert len(page.select(".field__optional")) == 2

    def test_as_many_fields_are_marked_as_by_django(self, page):
        form = empty() if page.select("[aria-invalid]") else SampleForm()
        django = BeautifulSoup(form.as_div(), "html.parser")

        for attribute in ("required", "autocomplete", "aria-invalid"):
            ours = {(c["name"], c.get(attribute)) for c in controls(page)}
            theirs = {(c["name"], c.get(attribute)) for c in controls(django)}
            assert {pair for pair in ours if pair[0] != "website"} == {
                pair for pair in theirs if pair[0] != "website"
            }

    def test_hidden_fields_stand_outside_of_any_wrapper(self, page):
        assert page.find("input", attrs={"name": "source"}).parent.name == "form"


class TestWithErrors:
    def test_every_wrong_control_is_marked_invalid(self):
        html = parse(empty())
        wrong = [n for n in VISIBLE if n not in ("telephone", "news")]

        for name in wrong:
            assert controls(html, name)
            for control in controls(html, name):
                assert control["aria-invalid"] == "true", name
        assert not controls(html, "telephone")[0].has_attr("aria-invalid")
        assert len(html.select(".field--error")) == len(wrong)

    def test_hint_and_error_are_read_with_the_control(self):
        html = parse(empty())

        assert html.find(id="id_email")["aria-describedby"] == (
            "id_email_helptext id_email_error"
        )
        assert html.find(id="id_name")["aria-describedby"] == "id_name_error"
        group = html.find(id="div_id_contact_by").fieldset
        assert group["aria-describedby"] == (
            "id_contact_by_helptext id_contact_by_error"
        )
        for radio in controls(html, "contact_by"):
            assert not radio.has_attr("aria-describedby")

    def test_an_error_is_announced_as_one(self):
        error = parse(empty()).find(id="id_name_error")

        assert " ".join(error.text.split()) == "Error: Enter your name"

    def test_label_hint_error_and_control_come_in_this_order(self):
        field = parse(empty()).find(id="div_id_email")

        assert [(e.name, e.get("id")) for e in field.find_all(recursive=False)] == [
            ("label", None),
            ("div", "id_email_helptext"),
            ("div", "id_email_error"),
            ("input", "id_email"),
        ]

    def test_the_error_of_a_single_tick_stands_above_it(self):
        field = parse(empty()).find(id="div_id_consent")

        assert [e.get("id") or e["class"] for e in field.find_all(recursive=False)] == [
            "id_consent_error",
            ["choice"],
            "id_consent_helptext",
        ]
        assert field.label.find(True).name == "input"

    def test_the_summary_leads_to_a_control_for_every_error(self):
        html = parse(empty())
        summary = html.find(id="error-summary")
        links = summary.select("a")

        assert summary.find_previous(True) is None
        assert summary["role"] == "alert"
        assert summary["tabindex"] == "-1"
        assert summary.has_attr("autofocus")
        assert summary.h2.text == "There is a problem"
        assert [link["href"] for link in links] == [
            "#id_name",
            "#id_email",
            "#id_clinic",
            "#id_contact_by_0",
            "#id_time_0_0",
            "#id_conditions_0",
            "#id_born_on_0",
            "#id_noticed_on",
            "#id_story",
            "#id_photos",
            "#id_consent",
        ]
        for link in links:
            assert html.select_one(link["href"]).name in ("input", "select", "textarea")

    def test_there_is_one_summary_and_only_where_something_is_wrong(self):
        assert len(parse(empty()).select("[data-error-summary]")) == 1
        assert not parse(SampleForm()).select("[data-error-summary]")
        assert not parse(bound(photos=[photo()])).select("[data-error-summary]")

    def test_an_error_of_the_whole_form_is_said_without_a_link(self):
        form = empty()
        form.add_error(None, "This time was taken while you were typing.")
        first = parse(form).select("#error-summary li")[0]

        assert first.text.strip() == "This time was taken while you were typing."
        assert not first.find("a")

    def test_an_error_of_a_hidden_field_is_said_without_a_link(self):
        form = bound(photos=[photo()])
        form.add_error("source", "This link is too old. Open the form again.")
        summary = parse(form).find(id="error-summary")

        assert "This link is too old." in summary.text
        assert not summary.find("a")

    def test_crispy_s_own_filter_gives_the_same_summary(self):
        template = Template("{% load crispy_forms_tags %}{{ form|as_crispy_errors }}")
        html = template.render(Context({"form": empty()}))

        assert BeautifulSoup(html, "html.parser").find(id="error-summary")


class TestWhatWasTyped:
    def test_comes_back(self):
        html = parse(bound(email="not an address"))

        assert html.find(id="id_name")["value"] == GOOD["name"]
        assert html.find(id="id_story").text.strip() == GOOD["story"]
        assert html.find(id="id_noticed_on")["value"] == "2024-02-29"
        assert html.find(id="id_clinic").find("option", selected=True)["value"] == (
            "bank"
        )
        ticked = {c["name"]: c["value"] for c in html.select(".choices [checked]")}
        assert ticked == {
            "contact_by": "telephone",
            "time": "3",
            "conditions": "anaemia",
        }
        assert html.find(id="id_consent").has_attr("checked")
        assert [c["value"] for c in controls(html, "born_on")] == ["31", "3", "1985"]


class TestChoices:
    def test_are_grouped_under_their_headings(self):
        days = parse(SampleForm()).select("#div_id_time .choices__group")

        assert [day.legend.text for day in days] == [title for title, _ in TIMES]
        assert [len(day.select("input[type=radio]")) for day in days] == [2, 1]

    def test_the_whole_row_answers_to_a_tap(self):
        for choice in parse(SampleForm()).select("input[type=radio]"):
            assert choice.parent.name == "label"
            assert choice.parent["for"] == choice["id"]


class TestHoneypot:
    def test_is_out_of_everybody_s_way(self):
        trap = parse(SampleForm()).find(id="id_website")

        assert trap.parent["aria-hidden"] == "true"
        assert trap["tabindex"] == "-1"
        assert trap["autocomplete"] == "off"
        assert trap["type"] == "text"

    def test_that_was_filled_in_is_told_in_the_summary_without_a_link(self):
        html = parse(bound(photos=[photo()], website="https://spam.example"))

        assert "send the form again" in html.find(id="error-summary").text
        assert not html.find(id="error-summary").find("a")
        assert not html.find(id="id_website").has_attr("aria-describedby")


class TestPage:
    def test_keeps_its_own_form_tag_and_token(self):
        html = parse(SampleForm(), csrf_token="token")

        assert len(html.select("form")) == 1
        assert not html.find("input", attrs={"name": "csrfmiddlewaretoken"})


class TestLayouts:
    def test_of_every_kind_are_rendered(self):
        form = SampleForm()
        form.helper.layout = Layout(
            Fieldset(
                "About {{ who }}",
                Field("name", css_class="wide", wrapper_class="field--short"),
                Row(Column("email"), Column("telephone", css_class="narrow")),
                css_id="about",
            ),
            MultiField("Your visit", "clinic", "time"),
            Div("story", css_class="long", data_step="2"),
            HTML("<p>Dear {{ who }}</p>"),
            Hidden("step", "{{ who }}"),
            ButtonHolder(
                Submit("send", "Send", css_class="button--wide"),
                Button("more", "More"),
                Reset("clear", "Clear"),
            ),
        )
        html = parse(form, who="<you>")

        assert html.select_one("#about > legend").text == "About <you>"
        assert html.select_one("#about .field--short #id_name")["class"] == ["wide"]
        assert html.select_one(".form-row > .form-column.narrow #id_telephone")
        assert html.select_one(".form-section #id_time_0_0")
        assert html.select_one(".long[data-step='2'] textarea")
        assert html.find("p", string="Dear <you>")
        assert html.select_one("input[type=hidden][name=step]")["value"] == "<you>"
        buttons = html.select(".form-actions > button")
        assert [(b["type"], b.text, b["class"]) for b in buttons] == [
            ("submit", "Send", ["button", "button--wide"]),
            ("button", "More", ["button", "button--quiet"]),
            ("reset", "Clear", ["button", "button--quiet"]),
        ]

    def test_that_forget_the_trap_and_hidden_fields_do_not_lose_them(self):
        form = SampleForm()
        form.helper.layout = Layout("name")
        html = parse(form)

        assert html.find(id="id_website")
        assert html.find(id="id_source")


class TestOtherForms:
    class PlainForm(forms.Form):
        name = forms.CharField(help_text="In full")
        contact_by = forms.ChoiceField(
            choices=[("email", "By email")], widget=forms.RadioSelect
        )

    def test_without_the_mixin_are_rendered_alike(self):
        template = Template("{% load crispy_forms_tags %}{{ form|crispy }}")
        html = BeautifulSoup(
            template.render(Context({"form": self.PlainForm({})})), "html.parser"
        )

        assert html.select_one(".field--error > label[for=id_name]")
        assert html.find(id="id_name")["aria-describedby"] == (
            "id_name_helptext id_name_error"
        )
        assert html.select_one("fieldset[aria-describedby=id_contact_by_error] input")

    def test_with_crispy_s_plain_helper_bring_their_own_form_tag(self):
        helper = FormHelper()
        helper.form_action = "/ask/"
        helper.add_input(Submit("send", 'Say "hello"'))
        template = Template("{% load crispy_forms_tags %}{% crispy form helper %}")
        context = Context(
            {"form": self.PlainForm(), "helper": helper, "csrf_token": "token"}
        )
        html = BeautifulSoup(template.render(context), "html.parser")

        assert html.form["method"] == "post"
        assert html.form["action"] == "/ask/"
        assert html.form.has_attr("novalidate")
        assert html.find("input", attrs={"name": "csrfmiddlewaretoken"})
        assert html.button["value"] == 'Say "hello"'

    def test_without_ids_leave_no_empty_attributes(self):
        html = parse(self.PlainForm({}, auto_id=False))

        for attribute in ("id", "for", "aria-describedby"):
            assert all(e[attribute] for e in html.select(f"form [{attribute}]"))


def shape(html):
    return [(element.name, sorted(element.attrs)) for element in html.find_all(True)]


def page_saying(text, error):
    """The sample form with `text` and `error` wherever words can stand."""
    form = bound(name=text, clinic=text, contact_by=text, story=text)
    for name in VISIBLE:
        form.fields[name].label = text
        form.fields[name].help_text = text
    form.fields["contact_by"].choices = [(text, text)]
    form.fields["time"].choices = [(text, [(text, text)])]
    form.full_clean()
    form._errors.clear()
    for name in [None, *form.fields]:
        form.add_error(name, error)
    return parse(form)


SCRIPT = "\"'></label></textarea><script>alert(1)</script>"
WORDS = st.text(min_size=1).filter(str.strip)


class TestWordsNeverBecomeMarkup:
    @given(text=WORDS, error=WORDS)
    @example(text=SCRIPT, error=SCRIPT)
    @settings(max_examples=40, deadline=None)
    def test_wherever_they_stand(self, text, error):
        assert shape(page_saying(text, error)) == shape(page_saying("a", "b"))

    def test_unless_the_form_s_author_called_them_safe(self):
        form = SampleForm()
        form.fields["consent"].label = mark_safe('I read <a href="/p/">this</a>')
        form.fields["story"].help_text = mark_safe("<b>Briefly.</b>")
        html = parse(form)

        assert html.select_one("label[for=id_consent] a[href='/p/']")
        assert html.select_one("#id_story_helptext > b")
