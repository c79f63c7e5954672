;;; Emacs' eglot with batchlint, as editors/README.md sets it up: what is found, what is typed, what is offered.
;;; emacs -q --batch --load tests/editors/eglot.el PROGRAM, in a folder of its own
(package-initialize)
(make-directory user-emacs-directory t)
(require 'eglot)
(require 'yaml-mode)
(let ((program (pop command-line-args-left)))
  (add-to-list 'eglot-server-programs `((yaml-mode yaml-ts-mode) . (,program "lsp"))))

(defun found ()
  "The lines of what Flymake shows."
  (mapcar (lambda (one) (line-number-at-pos (flymake-diagnostic-beg one))) (flymake-diagnostics)))

(defun wants (what condition)
  "Wait until CONDITION holds, or say that WHAT did not come."
  (let ((tries 0))
    (while (and (not (funcall condition)) (< (setq tries (1+ tries)) 400))
      (accept-process-output nil 0.05)
      (flymake-start))
    (unless (funcall condition)
      (message "eglot: not %s: %s" what (found))
      (kill-emacs 1))))

(find-file "report.yaml")
(yaml-mode)
(setq eglot-sync-connect 20)
(apply #'eglot--connect (eglot--guess-contact))
(wants "found" (lambda () (equal (found) '(1 7))))
(goto-char (point-min))
(insert "# é😀 日本\n")
(wants "moved" (lambda () (equal (found) '(2 8))))
(goto-char (point-min))
(forward-line 1)
(unless (eglot-code-actions (line-beginning-position) (line-end-position) "quickfix")
  (message "eglot: nothing is offered")
  (kill-emacs 1))
;; A field is explained, and another one offered below it.
(defun asked (method)
  "What the server answers METHOD at point, as text."
  (format "%s" (jsonrpc-request (eglot--current-server-or-lose) method (eglot--TextDocumentPositionParams))))

(goto-char (point-min))
(search-forward "startingDead")
(unless (string-match-p "Optional deadline in seconds" (asked :textDocument/hover))
  (message "eglot: a field is not explained")
  (kill-emacs 1))
(end-of-line)
(insert "\n  concurr")
(eglot--signal-textDocument/didChange)
(unless (string-match-p "concurrencyPolicy" (asked :textDocument/completion))
  (message "eglot: no field is offered")
  (kill-emacs 1))
(message "eglot: all is well")
