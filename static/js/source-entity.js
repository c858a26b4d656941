// The "Source" button of Wagtail's rich text editor. A marker is one thing: it is
// chosen, moved and deleted as a whole, and nothing is typed inside it.
(() => {
  const { React, draftail } = window;
  const { EditorState, Modifier } = window.DraftJS;
  const TYPE = "SOURCE";

  // Draftail's own "remove" keeps the text of an entity. These are to go with it.
  const toRemove = new Set();

  const afterSelection = (selection) =>
    selection.merge({
      anchorKey: selection.getEndKey(),
      anchorOffset: selection.getEndOffset(),
      focusKey: selection.getEndKey(),
      focusOffset: selection.getEndOffset(),
      isBackward: false,
    });

  class SourceChooser extends draftail.ModalWorkflowSource {
    componentDidMount() {
      if (toRemove.delete(this.props.entityKey)) {
        this.removeMarker();
      } else {
        super.componentDidMount();
      }
    }

    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.sourceChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    onChosen(chosen) {
      const { editorState, entity, onComplete } = this.props;
      const selection = editorState.getSelection();
      // Beside a marker, with nothing selected, Draftail names that one all the same.
      const isChange = entity?.getType() === TYPE && !selection.isCollapsed();
      const { marker, data } = chosen;
      const content = editorState.getCurrentContent().createEntity(TYPE, "IMMUTABLE", data);
      const changed = Modifier.replaceText(
        content,
        isChange ? selection : afterSelection(selection),
        marker,
        undefined,
        content.getLastCreatedEntityKey(),
      );
      this.workflow.close();
      // Not "insert-characters": undo would take what was typed before with it.
      onComplete(EditorState.push(editorState, changed, "apply-entity"));
    }

    removeMarker() {
      const { editorState, onComplete } = this.props;
      const changed = Modifier.removeRange(
        editorState.getCurrentContent(),
        editorState.getSelection(),
        "forward",
      );
      onComplete(EditorState.push(editorState, changed, "remove-range"));
    }
  }

  function SourceMarker(props) {
    const data = props.contentState.getEntity(props.entityKey).getData();
    const icon = React.createElement(window.wagtail.components.Icon, {
      name: data.troubled ? "warning" : "source",
    });
    const onRemove = (entityKey) => {
      toRemove.add(entityKey);
      props.onEdit(entityKey);
    };
    return React.createElement(draftail.TooltipEntity, {
      ...props,
      icon,
      label: data.label,
      url: data.url,
      onRemove,
    });
  }

  function markerAround(editorState, blockKey, offset) {
    const content = editorState.getCurrentContent();
    let found = null;
    content.getBlockForKey(blockKey).findEntityRanges(
      (character) => {
        const key = character.getEntity();
        return key !== null && content.getEntity(key).getType() === TYPE;
      },
      (start, end) => {
        if (start < offset && offset < end) found = { start, end };
      },
    );
    return found;
  }

  const withCaret = (editorState, offset) =>
    EditorState.forceSelection(
      editorState,
      editorState.getSelection().merge({ anchorOffset: offset, focusOffset: offset }),
    );

  // From one side of a marker to the other. Draft knows of the keys only; what the
  // browser selects is not corrected afterwards: that loses letters typed meanwhile.
  const jump = (event, { getEditorState, setEditorState }, side, edge) => {
    const editorState = getEditorState();
    const selection = editorState.getSelection();
    if (!selection.isCollapsed()) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const beside = selection.getAnchorOffset() + side;
    const marker = markerAround(editorState, selection.getAnchorKey(), beside);
    if (!marker) return;
    event.preventDefault();
    setEditorState(withCaret(editorState, marker[edge]));
  };

  // A click can put the caret into a marker, a drag can select half of one. Returns
  // where typing may begin; null where it may begin at once.
  function clearOfMarkers(editorState) {
    const selection = editorState.getSelection();
    const startKey = selection.getStartKey();
    const endKey = selection.getEndKey();
    const first = markerAround(editorState, startKey, selection.getStartOffset());
    const last = markerAround(editorState, endKey, selection.getEndOffset());
    if (!first && !last) return null;
    if (selection.isCollapsed()) {
      return selection.merge({ anchorOffset: last.end, focusOffset: last.end });
    }
    return selection.merge({
      anchorKey: startKey,
      anchorOffset: first?.start ?? selection.getStartOffset(),
      focusKey: endKey,
      focusOffset: last?.end ?? selection.getEndOffset(),
      isBackward: false,
    });
  }

  function handleBeforeInput(characters, editorState, { setEditorState }) {
    const place = clearOfMarkers(editorState);
    if (!place) return "not-handled";
    const changed = Modifier.replaceText(
      editorState.getCurrentContent(), place, characters,
    );
    setEditorState(EditorState.push(editorState, changed, "insert-characters"));
    return "handled";
  }

  function handleReturn(event, editorState, { setEditorState }) {
    const place = clearOfMarkers(editorState);
    if (!place) return "not-handled";
    const changed = Modifier.splitBlock(editorState.getCurrentContent(), place);
    setEditorState(EditorState.push(editorState, changed, "split-block"));
    return "handled";
  }

  // Half a marker would be copied as words, and cut would leave nothing of the rest.
  let focused = null;
  const takeWholeMarkers = () => {
    const editorState = focused?.getEditorState();
    const selection = editorState?.getSelection();
    if (!selection?.getHasFocus() || selection.isCollapsed()) return;
    const place = clearOfMarkers(editorState);
    if (place) focused.setEditorState(EditorState.forceSelection(editorState, place));
  };
  document.addEventListener("copy", takeWholeMarkers, { capture: true });
  document.addEventListener("cut", takeWholeMarkers, { capture: true });

  draftail.registerPlugin(
    { type: TYPE, source: SourceChooser, decorator: SourceMarker },
    "entityTypes",
  );
  draftail.registerPlugin(
    {
      type: TYPE,
      onFocus: (event, editor) => {
        focused = editor;
      },
      onLeftArrow: (event, editor) => jump(event, editor, -0.5, "start"),
      onRightArrow: (event, editor) => jump(event, editor, 0.5, "end"),
      handleBeforeInput,
      handleReturn,
    },
    "plugins",
  );
})();
