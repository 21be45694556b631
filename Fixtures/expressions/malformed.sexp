; a ${} b
; 2-5 error[expression-syntax]: expression is empty
(template 0-7
  (text 0-7 "a ${} b"))

; ${input.x + 1} and ${input.y}
; 10-11 error[expression-syntax]: expressions have no operators, but here is '+'
(template 0-29
  (text 0-19 "${input.x + 1} and ")
  (expression 19-29
    (root 21-26 input)
    (key 27-28 y)))

; ${input.x
; 0-2 error[expression-syntax]: '${' is never closed
(template 0-9
  (text 0-9 "${input.x"))

; a ${input.x | b and ${input.y}
; 2-4 error[expression-syntax]: '${' is never closed
(template 0-30
  (text 0-30 "a ${input.x | b and ${input.y}"))

; a ${ and ${input.y} b
; 2-4 error[expression-syntax]: '${' is never closed
(template 0-21
  (text 0-9 "a ${ and ")
  (expression 9-19
    (root 11-16 input)
    (key 17-18 y))
  (text 19-21 " b"))

; ${x | a ${b + 1} ${c} d}
; 12-13 error[expression-syntax]: expressions have no operators, but here is '+'
(template 0-24
  (expression 0-24
    (root 2-3 x)
    (default 6-23
      (text 6-17 "a ${b + 1} ")
      (expression 17-21
        (root 19-20 c))
      (text 21-23 " d"))))

; ${${input.x}}
; 2-4 error[expression-syntax]: expected the name of a value after '${', found '${'
(template 0-13
  (text 0-2 "${")
  (expression 2-12
    (root 4-9 input)
    (key 10-11 x))
  (text 12-13 "}"))

; ${x y ${b}} ${c}
; 4-5 error[expression-syntax]: unexpected 'y' after the reference
(template 0-16
  (text 0-6 "${x y ")
  (expression 6-10
    (root 8-9 b))
  (text 10-12 "} ")
  (expression 12-16
    (root 14-15 c)))

; ${a b} ${c d}
; 4-5 error[expression-syntax]: unexpected 'b' after the reference
; 11-12 error[expression-syntax]: unexpected 'd' after the reference
(template 0-13
  (text 0-13 "${a b} ${c d}"))

; ${a b {x} ${c | {}} d} e
; 4-5 error[expression-syntax]: unexpected 'b' after the reference
(template 0-24
  (text 0-10 "${a b {x} ")
  (expression 10-19
    (root 12-13 c)
    (default 16-18
      (text 16-18 "{}")))
  (text 19-24 " d} e"))

; ${x @(d costs {${y}})} z
; 15-17 error[expression-syntax]: an annotation cannot hold an expression
(template 0-24
  (text 0-24 "${x @(d costs {${y}})} z"))

; {{ input.x }} ${ {{ input.x }} }
; 0-13 warning[not-an-expression]: '{{ input.x }}' is plain text, not an expression
; 17-18 error[expression-syntax]: expected the name of a value after '${', found '{'
(template 0-32
  (text 0-32 "{{ input.x }} ${ {{ input.x }} }"))

; ${x as audio/pcm[rate=${r}} z
; 16-17 error[expression-syntax]: '[' is never closed
(template 0-29
  (text 0-29 "${x as audio/pcm[rate=${r}} z"))

; ${input.n | pre ${s}} and ${n as json | {"v": ${x}}}
; 15-16 error[space-before-nested]: white space before an expression inside a default
; 45-46 error[space-before-nested]: white space before an expression inside a default
(template 0-52
  (expression 0-21
    (root 2-7 input)
    (key 8-9 n)
    (default 12-20
      (text 12-16 "pre ")
      (expression 16-20
        (root 18-19 s))))
  (text 21-26 " and ")
  (expression 26-52
    (root 28-29 n)
    (cast 33-37
      (type 33-37 json))
    (default 40-51
      (text 40-46 "{\"v\": ")
      (expression 46-50
        (root 48-49 x))
      (text 50-51 "}"))))

; ${inputas integer} ${input.alias name}
; 2-9 error[glued-cast]: 'as' is not a word of its own in 'inputas'
; 27-32 error[glued-cast]: 'as' is not a word of its own in 'alias'
(template 0-38
  (text 0-38 "${inputas integer} ${input.alias name}"))

; ${list[-:]} ${input.l[:-]}
; 7-9 error[lone-minus]: '-' without a number in a slice
; 22-24 error[lone-minus]: '-' without a number in a slice
(template 0-26
  (text 0-26 "${list[-:]} ${input.l[:-]}"))

; ${input.x @(d costs\nmore)}
; 19-20 error[expression-syntax]: an annotation cannot go on in another line
(template 0-26
  (expression 0-26
    (root 2-7 input)
    (key 8-9 x)
    (annotation 14-24 d "costs\nmore")))

